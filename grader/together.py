"""The examples of a check played side by side, so that what they ask of the sandbox is asked together.

A call costs two switches between processes, ten times what most functions compute. Each example runs until it calls; then all
waiting calls are sent at once, and every example goes on with its answer.

This may only say that a check is passed. Whatever else happens (a wrong value, an error, a limit, a function that needs a
session to itself), the check is played again, one example after the other, and what is found then is what counts.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from grader.budget import Budget
from grader.checks import Check
from grader.draws import inputs_of
from grader.exercise import ExerciseLimits
from grader.played import Played, needs_more
from grader.remembered import remembered
from grader.sandbox import SessionEnded, Wall
from grader.sandbox.exchange import RawAnswer

LONGEST_S = 1.0  #: that calls sent together may last, whoever has the cores
FIRST = 4  #: examples, which tell whether the others are cheap enough to be tried
SHARE = 0.5  #: of the limits of one call and of one check that all calls together may use


class SideBySide(Protocol):
    """What is used of a session, in a sandbox or on a student's own machine."""

    cpu_used: float

    def ask_together(
        self, requests: Sequence[bytes], *, cpu_s: float, wall: Wall | None = None
    ) -> list[RawAnswer]: ...

    def value_of(self, answer: RawAnswer) -> Any: ...


@dataclass
class Together:
    """One check of one submission."""

    check: Check
    session: SideBySide
    limits: ExerciseLimits  #: as widened for this machine
    budget: Budget
    source_bytes: int

    @staticmethod
    def suits(check: Check) -> bool:
        """It is the same for every example, and cheap: what is measured is measured one by one."""
        return bool(check.strategies) and not check.info.curve and not needs_more(check.function)

    def passes(self, seed: int) -> bool:
        """SessionEnded: some call went wrong."""
        since_s = time.monotonic()
        inputs = inputs_of(self.check, self.check.info.examples or self.limits.examples_per_check, seed)
        self.budget.start(since_s)
        examples = [
            Played(self.check, remembered(self.check.function, values), self.limits, self.source_bytes)
            for values in inputs
        ]
        if not self._pass(examples[:FIRST]):
            return False
        per_example_s = self.budget.cpu_used_s / len(examples[:FIRST])
        return per_example_s * len(examples) < self._cpu_left_s() and self._pass(examples[FIRST:])

    def _pass(self, examples: Sequence[Played]) -> bool:
        try:
            for example in examples:
                self._judge_goes_on()
                example.begin()
            while waiting := [example for example in examples if not example.ended]:
                requests = [example.request for example in waiting]
                for example, answer in zip(waiting, self._answers(requests), strict=True):
                    self._judge_goes_on()
                    example.go_on(answer, self.session.value_of)
                if any(example.failed for example in waiting):
                    return False
            return not any(example.failed for example in examples)
        finally:
            for example in examples:
                example.close()

    def _answers(self, requests: list[bytes]) -> list[RawAnswer]:
        budget = self.budget
        if self._cpu_left_s() <= 0 or budget.spent():
            raise SessionEnded("closed", "too slow to be played side by side")
        started_s = time.monotonic()
        try:
            return self.session.ask_together(
                requests, cpu_s=self._cpu_left_s(), wall=Wall(LONGEST_S, LONGEST_S)
            )
        finally:
            budget.cpu_used_s += self.session.cpu_used
            budget.wall_in_calls_s += time.monotonic() - started_s
            budget.calls_made += len(requests)

    def _judge_goes_on(self) -> None:
        if self.budget.judge_is_tired():
            raise SessionEnded("closed", "answers that take too long to look at")

    def _cpu_left_s(self) -> float:
        return SHARE * min(self.limits.call_cpu_s, self.limits.check_cpu_s) - self.budget.cpu_used_s
