"""From a file that was handed in to its report, with a line of progress meanwhile."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.cli.site import Site, Unreachable
from grader.cli.words import Problem, Voice

MOST_MINUTES = 30
_LOST_TRIES = 8  #: in a row, a second or more apart
_SHORTEST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 5.0


@dataclass
class Follower:
    site: Site
    voice: Voice
    number: int
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _shown: str = ""

    @property
    def page(self) -> str:
        return self.site.page(f"submissions/{self.number}/")

    def until_graded(self) -> dict[str, Any]:
        """The site's answer with the report. Problem: it ended otherwise, or takes too long."""
        end_s = self.clock() + MOST_MINUTES * 60
        lost = 0
        while self.clock() < end_s:
            try:
                answer = self._ask()
            except Unreachable as error:
                lost += 1
                if lost >= _LOST_TRIES:
                    raise self._lost(error) from None
                self.sleep(float(lost))
                continue
            lost = 0
            if answer["state"] not in {"queued", "running"}:
                return self._ended(answer)
            self._tell(answer)
            self.sleep(min(max(answer["poll_ms"] / 1000, _SHORTEST_PAUSE_S), _LONGEST_PAUSE_S))
        raise Problem("still_waiting", minutes=MOST_MINUTES, page=self.page)

    def _ask(self) -> dict[str, Any]:
        try:
            answer = self.site.get(f"api/submissions/{self.number}/report/")
            answer["state"], answer["poll_ms"] = str(answer["state"]), float(answer["poll_ms"])
            return dict(answer)
        except Problem as problem:  # a site that restarts, or asks for patience, is asked again
            if problem.message.key in {"site_failed", "too_many_requests"}:
                raise Unreachable(self.voice.sentence(problem.message)) from None
            raise
        except (KeyError, TypeError, ValueError):
            raise Problem("site_answer_strange", site=self.site.address) from None

    def _ended(self, answer: dict[str, Any]) -> dict[str, Any]:
        self._line("")
        if answer["state"] != "graded" or not answer.get("report"):
            raise Problem("not_graded")
        return answer

    def _tell(self, answer: dict[str, Any]) -> None:
        if answer.get("is_stalled"):
            self._line(self.voice.say("graders_silent"))
        elif answer["state"] == "running":
            self._line(self.voice.say("being_graded", done=answer["done"], total=answer["total"]))
        elif answer.get("position"):
            self._line(self.voice.say("in_line", position=answer["position"]))

    def _line(self, text: str) -> None:
        """Rewritten on a terminal; elsewhere a new one for each news."""
        if text == self._shown:
            return
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
        elif text:
            print(text, file=sys.stderr, flush=True)
        self._shown = text

    def _lost(self, error: Unreachable) -> Problem:
        return Problem(
            "connection_lost", site=self.site.address, text=str(error), number=self.number, page=self.page
        )
