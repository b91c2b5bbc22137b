"""A grading report as a page shows it: words, marks and sentences in one language. Nothing is decided here.

A hidden check shows its verdict, its points and a named slip; what it was called with stays out even if a report
should carry it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from grader.messages import explain
from grader.report import CheckResult, GradingReport, Message, ShownCall, Verdict
from prova.assignments.differences import Piece, marked
from prova.assignments.models import Submission
from prova.assignments.texts import visible
from prova.courses.texts import text_in
from questionbank.rendering import RenderingProblem, render
from questionbank.variant import Variant


@dataclass(frozen=True)
class Word:
    """How a verdict is said: never by colour alone."""

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
OVER = Word(
    _("Done"), "dash", ""
)  #: graders do not report each check while it runs; its verdict is in the report


@dataclass(frozen=True, kw_only=True)
class CheckView:
    name: str
    title: SafeString
    is_visible: bool
    points: float
    max_points: float
    word: Word
    passed: bool
    sentence: str = ""
    slip: SafeString | str = ""
    calls: tuple[str, ...] = ()  #: the smallest failing input, one line of Python each
    expected: tuple[Piece, ...] = ()
    got: tuple[Piece, ...] = ()
    cpu_ms: float = 0.0
    call_count: int = 0
    check_bug: str = ""  #: for instructors


@dataclass(frozen=True, kw_only=True)
class ReportView:
    checks: tuple[CheckView, ...]
    score: float
    max_score: float
    passed: int
    load_error: str
    printed: str
    profile: str
    versions: tuple[tuple[str, str], ...]
    cpu_ms: float
    wall_ms: float
    peak_mib: float

    @property
    def is_full_mark(self) -> bool:
        return bool(self.checks) and self.passed == len(self.checks)


def report_view(submission: Submission, language: str | None = None) -> ReportView | None:
    """None: not graded. `submission.exercise` is read."""
    if submission.report is None:
        return None
    report = GradingReport.from_message(submission.report)
    texts = _Texts(language or get_language() or "en", submission.exercise.metadata["messages"])
    usage = report.usage
    return ReportView(
        checks=tuple(_check_view(check, texts) for check in report.checks),
        score=report.score,
        max_score=report.max_score,
        passed=sum(check.verdict is Verdict.PASSED for check in report.checks),
        load_error=texts.sentence(report.load_error),
        printed=visible(report.printed),
        profile=report.profile,
        versions=tuple(sorted((str(name), str(version)) for name, version in report.versions.items())),
        cpu_ms=usage.cpu_s * 1000,
        wall_ms=usage.wall_s * 1000,
        peak_mib=usage.peak_bytes / 2**20,
    )


def listed_checks(
    metadata: Mapping[str, Any], verdicts: Mapping[str, str] | None = None, *, done: int = 0
) -> list[CheckView]:
    """The checks of an exercise before their report: on the exercise page, and while grading goes on.

    In the order of grading: hidden ones last. Of some of the `done` first ones a verdict is known already.
    """
    texts = _Texts(get_language() or "en", metadata["messages"])
    in_order = sorted(metadata["checks"], key=lambda check: not check["visible"])
    return [
        _listed(check, (verdicts or {}).get(check["name"]), texts, is_over=index < done)
        for index, check in enumerate(in_order)
    ]


def _listed(check: Mapping[str, Any], verdict: str | None, texts: "_Texts", is_over: bool) -> CheckView:
    known = WORDS[Verdict(verdict)] if verdict in set(Verdict) else None
    return CheckView(
        name=check["name"],
        title=texts.title(check["name"]),
        is_visible=check["visible"],
        points=0.0,
        max_points=check["points"],
        word=known or (OVER if is_over else WAITING),
        passed=verdict == Verdict.PASSED,
    )


def _check_view(check: CheckResult, texts: "_Texts") -> CheckView:
    view = CheckView(
        name=check.name,
        title=texts.title(check.name),
        is_visible=check.visible,
        points=check.points,
        max_points=check.max_points,
        word=WORDS[check.verdict],
        passed=check.verdict is Verdict.PASSED,
        sentence=texts.sentence(_but_the_slip(check)),
        slip=texts.slip(check),
        cpu_ms=check.cpu_s * 1000,
        call_count=check.calls,
        check_bug=visible(check.check_bug),
    )
    return _with_example(view, check) if check.visible else view


def _but_the_slip(check: CheckResult) -> Message | None:
    """The slip has a place of its own; saying it twice would not make it clearer."""
    return None if check.slip and check.message and check.message.key == check.slip else check.message


def _with_example(view: CheckView, check: CheckResult) -> CheckView:
    expected, got = visible(check.expected or ""), visible(check.got or "")
    pieces = marked(expected, got) if expected and got else ((Piece(expected),), (Piece(got),))
    return replace(
        view,
        calls=tuple(_line(call) for call in check.example),
        expected=pieces[0] if expected else (),
        got=pieces[1] if got else (),
    )


def _line(call: ShownCall) -> str:
    line = f"{call.function}({', '.join(call.arguments)})"
    return visible(line if call.returned is None else f"{line}\n# → {call.returned}")


@dataclass(frozen=True)
class _Texts:
    language: str
    of_exercise: Mapping[str, Mapping[str, str]]

    def title(self, check: str) -> SafeString:
        texts = self.of_exercise.get(f"checks.{check}")
        return (
            _authored(text_in(texts, self.language), self.language)
            if texts
            else escape(check.replace("_", " "))
        )

    def sentence(self, message: Message | None) -> str:
        return visible(explain(message, self.language, self.of_exercise)) if message else ""

    def slip(self, check: CheckResult) -> SafeString | str:
        if not check.slip:
            return ""
        params = check.message.params if check.message else {}
        text = visible(explain(Message(key=check.slip, params=params), self.language, self.of_exercise))
        # Markdown of the author; a parameter that is a text may come from the learner's program.
        only_numbers = all(isinstance(value, int | float) for value in params.values())
        return _authored(text, self.language) if only_numbers else text


def _authored(text: str, language: str) -> SafeString:
    try:
        return mark_safe(render(text, language, Variant(), inline=True))
    except RenderingProblem:
        return escape(text)
