"""How a verdict is said: a word and an icon, never a colour alone."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from grader.report import Verdict


@dataclass(frozen=True)
class Word:
    text: Any  #: translated when shown
    icon: str
    tone: str  #: good, warn, bad or nothing


WORDS = {
    Verdict.PASSED: Word(_("Passed"), "check", "good"),
    Verdict.PARTIAL: Word(_("Part of the points"), "dash", "warn"),
    Verdict.CARRIED: Word(_("Right, given another mistake"), "check", "good"),
    Verdict.WRONG_ANSWER: Word(_("Wrong result"), "cross", "bad"),
    Verdict.ERROR: Word(_("Error"), "cross", "bad"),
    Verdict.CPU_LIMIT: Word(_("Too slow"), "clock", "bad"),
    Verdict.WALL_LIMIT: Word(_("Waited too long"), "clock", "bad"),
    Verdict.MEMORY_LIMIT: Word(_("Too much memory"), "cross", "bad"),
    Verdict.OUTPUT_LIMIT: Word(_("Too much output"), "cross", "bad"),
    Verdict.NO_RESULT: Word(_("Ended without a result"), "cross", "bad"),
    Verdict.CRASHED: Word(_("Crashed"), "cross", "bad"),
    Verdict.FORBIDDEN: Word(_("Not allowed"), "lock", "bad"),
    Verdict.BROKEN_CHANNEL: Word(_("Connection disturbed"), "cross", "bad"),
    Verdict.NOT_RUN: Word(_("Not run"), "dash", ""),
    Verdict.SYSTEM_ERROR: Word(_("Failed on our side"), "warning", "warn"),
}
WAITING = Word(_("Waiting"), "dot", "")
#: graders do not report each check while it runs; its verdict is in the report
OVER = Word(_("Done"), "dash", "")
