"""The examples of a check played side by side, so that what they ask of the sandbox is asked together.

A call costs two switches between processes, ten times what most functions compute. Each example runs in a greenlet of its own
until it calls; then all waiting calls are sent at once, and every example goes on with its answer.

This may only say that a check is passed. Whatever else happens (a wrong value, an error, a limit, a function that needs a
session to itself), the check is played again, one example after the other, and what is found then is what counts.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple, NoReturn, Protocol, runtime_checkable
from weakref import WeakSet

from greenlet import greenlet

from grader.budget import Budget
from grader.checks import Check, CheckFunction
from grader.draws import Inputs, inputs_of
from grader.examples import outcome_of
from grader.exercise import ExerciseLimits
from grader.sandbox import SessionEnded, StudentError, Wall
from grader.solution import Calls

LONGEST_S = 1.0  #: that calls sent together may last, whoever has the cores
FIRST = 4  #: examples, which tell whether the others are cheap enough to be tried
SHARE = 0.5  #: of the limits of one call and of one check that all calls together may use

#: Checks that were seen to need more than plain calls; trying them again would be in vain.
_one_by_one: WeakSet[CheckFunction] = WeakSet()


@runtime_checkable
class SideBySide(Protocol):
    """What is used of a sandbox session that takes many calls at once."""

    cpu_used: float

    def call_together(self, calls: Sequence[Any], *, cpu_s: float, wall: Wall | None = None) -> list[Any]: ...


def takes_many_calls(session: object) -> bool:
    """Not where code runs without a sandbox."""
    return isinstance(session, SideBySide)


class NotTogether(Exception):
    """Counts as a failure of the example, so that the check is played again."""


class _Asked(NamedTuple):
    """What an example waits for."""

    function: str
    args: Sequence[Any]
    kwargs: Mapping[str, Any]


@dataclass
class _Example:
    """Where an example believes to have a session, and further ones, of its own."""

    hub: greenlet
    check: CheckFunction
    source_bytes: int
    cpu_used: float = 0.0

    def call(
        self,
        function: str,
        args: Any = (),
        kwargs: Any = None,
        *,
        wall: Wall | None = None,
        judge_functions: Sequence[Callable[..., Any]] = (),
    ) -> Any:
        if judge_functions:
            self._needs_more()
        answer = self.hub.switch(_Asked(function, args, kwargs or {}))
        if isinstance(answer, StudentError):
            raise answer
        return answer

    def reseed(self, seed: int) -> None:
        self._needs_more()

    def anew(self) -> Any:
        self._needs_more()

    def baseline(self) -> Any:
        self._needs_more()

    def close_further(self) -> None:
        pass

    def _needs_more(self) -> NoReturn:
        _one_by_one.add(self.check)
        raise NotTogether


@dataclass
class Together:
    """One check of one submission."""

    check: Check
    session: SideBySide
    limits: ExerciseLimits  #: as widened for this machine
    budget: Budget
    source_bytes: int
    _numbers: Iterator[int] = field(default_factory=count)  #: of kept arrays: they are all in one session

    @staticmethod
    def suits(check: Check) -> bool:
        """It is the same for every example, and cheap: what is measured is measured one by one."""
        return bool(check.strategies) and not check.info.curve and check.function not in _one_by_one

    def passes(self, seed: int) -> bool:
        """SessionEnded: some call went wrong."""
        since_s = time.monotonic()
        inputs = inputs_of(self.check, self.check.info.examples or self.limits.examples_per_check, seed)
        self.budget.start(since_s)
        if not self._pass(inputs[:FIRST]):
            return False
        per_example_s = self.budget.cpu_used_s / len(inputs[:FIRST])
        return per_example_s * len(inputs) < self._cpu_left_s() and self._pass(inputs[FIRST:])

    def _pass(self, inputs: Sequence[Inputs]) -> bool:
        hub = greenlet.getcurrent()
        examples = [self._example(hub, values) for values in inputs]
        try:
            waiting = [(example, asked) for example in examples if (asked := example.switch()) is not None]
            while waiting:
                if any(example.dead for example, _ in waiting):
                    return False  # with a Failure instead of a call
                answers = self._answers([asked for _, asked in waiting])
                went_on = [
                    (example, example.switch(answer))
                    for (example, _), answer in zip(waiting, answers, strict=True)
                ]
                waiting = [(example, asked) for example, asked in went_on if asked is not None]
            return True
        finally:
            for example in examples:
                if not example.dead:
                    example.throw()

    def _example(self, hub: greenlet, values: Inputs) -> greenlet:
        """Switching to it gives the next call, or its outcome: None is a pass."""
        pretended = _Example(hub, self.check.function, self.source_bytes)
        calls = Calls(
            pretended, self.limits, Budget(cpu_left_s=float("inf")), sessions=pretended, numbers=self._numbers
        )
        return greenlet(lambda: outcome_of(self.check, calls, values), hub)

    def _answers(self, asked: list[_Asked]) -> list[Any]:
        budget = self.budget
        if self._cpu_left_s() <= 0 or budget.spent():
            raise SessionEnded("closed", "too slow to be played side by side")
        started_s = time.monotonic()
        try:
            answers = self.session.call_together(
                asked, cpu_s=self._cpu_left_s(), wall=Wall(LONGEST_S, LONGEST_S)
            )
        finally:
            budget.cpu_used_s += self.session.cpu_used
            budget.wall_in_calls_s += time.monotonic() - started_s
            budget.calls_made += len(asked)
        return answers

    def _cpu_left_s(self) -> float:
        return SHARE * min(self.limits.call_cpu_s, self.limits.check_cpu_s) - self.budget.cpu_used_s
