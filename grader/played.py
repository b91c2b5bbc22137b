"""One example on its way: from what is remembered as long as the answers are known, then by running the check.

The check runs in a greenlet, which stops at each call until its answer is there.
"""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, NoReturn
from weakref import WeakSet

from greenlet import greenlet

from grader.budget import Budget
from grader.calls import Calls
from grader.checks import Check, CheckFunction
from grader.examples import outcome_of
from grader.exercise import ExerciseLimits
from grader.metric import Metric
from grader.remembered import Digest, Remembered, Step, digest_of
from grader.sandbox import StudentError, Wall
from grader.sandbox.exchange import RawAnswer
from grader.sandbox.session import encoded_call

ValueOf = Callable[[RawAnswer], Any]

#: Checks that were seen to need more than plain calls; trying them again would be in vain.
_one_by_one: WeakSet[CheckFunction] = WeakSet()


def needs_more(check: CheckFunction) -> bool:
    return check in _one_by_one


class NotTogether(Exception):
    """Counts as a failure of the example, so that the check is played again."""


class Played:
    def __init__(self, check: Check, known: Remembered, limits: ExerciseLimits, source_bytes: int) -> None:
        self.request = b""  #: what waits for an answer
        self.ended = self.failed = False
        self._check, self._known, self._limits = check, known, limits
        self._source_bytes = source_bytes
        self._step: Step | None = known.start
        self._way: list[tuple[bytes, Digest]] = []
        self._answers: list[RawAnswer] = []
        self._running: _Running | None = None

    def begin(self) -> None:
        """To its first request, or to its end."""
        if self._step is not None and self._step.request is not None:
            self.request = self._step.request
        else:
            self._run()

    def go_on(self, answer: RawAnswer, value_of: ValueOf) -> None:
        """With the answer to its request, to the next one or to its end."""
        digest = digest_of(answer)
        self._way.append((self.request, digest))
        if self._running is not None:
            self._after(self._running.switch(value_of(answer)))
            return
        self._answers.append(answer)
        self._step = self._step.then.get(digest) if self._step is not None else None
        if self._step is None:
            self._run(value_of)
        elif self._step.request is None:
            self.ended = True
        else:
            self.request = self._step.request

    def close(self) -> None:
        if self._running is not None and not self._running.dead:
            self._running.throw()

    def _run(self, value_of: ValueOf | None = None) -> None:
        """From its beginning, with the answers that are there."""
        self._running = _Running(self._check, self._known, self._limits, self._source_bytes)
        asked = self._running.switch()
        for answer in self._answers:
            assert value_of is not None
            if self._running.dead:
                break
            asked = self._running.switch(value_of(answer))
        self._answers.clear()
        self._after(asked)

    def _after(self, asked: Any) -> None:
        """`asked`: the next request, or the outcome, of which None is a pass."""
        running = self._running
        assert running is not None
        if not running.dead:
            self.request = asked
            return
        self.ended, self.failed = True, asked is not None
        if not self.failed and not running.depends_on_the_file:
            self._known.note(self._way)


class _Running(greenlet):
    """Switching to it gives the next request, or the outcome of the example. To the check it is the session, and further ones."""

    cpu_used = 0.0

    def __init__(self, check: Check, known: Remembered, limits: ExerciseLimits, source_bytes: int) -> None:
        super().__init__()
        self.depends_on_the_file = False
        self._check, self._inputs, self._source_bytes = check, known.inputs, source_bytes
        self._hub = greenlet.getcurrent()
        self._calls = Calls(
            self,
            limits,
            Budget(cpu_left_s=float("inf")),
            sessions=self,
            numbers=count(known.first_number),
        )

    def run(self) -> Any:
        return outcome_of(self._check, self._calls, self._inputs)

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
        answer = self._hub.switch(encoded_call(function, args, kwargs or {}))
        if isinstance(answer, StudentError):
            raise answer
        return answer

    @property
    def source_bytes(self) -> int:
        self.depends_on_the_file = True
        return self._source_bytes

    def measured(self, check: str) -> Metric | None:
        self._needs_more()

    def reseed(self, seed: int) -> None:
        self._needs_more()

    def anew(self) -> Any:
        self._needs_more()

    def baseline(self) -> Any:
        self._needs_more()

    def close_further(self) -> None:
        pass

    def _needs_more(self) -> NoReturn:
        _one_by_one.add(self._check.function)
        raise NotTogether
