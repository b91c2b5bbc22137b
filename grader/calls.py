"""The calls of one check into the sandbox: made, charged to its budget, and remembered while an example lasts."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from grader import feedback
from grader.asked import Asked
from grader.budget import Budget
from grader.crossing import Kept, Strided, Tensor, plain
from grader.curves import Knots
from grader.exercise import ExerciseLimits
from grader.failures import CheckStopped, CodeFailed
from grader.metric import Metric
from grader.sandbox import Ref, SessionEnded, StudentError, Wall, wire
from grader.stops import no_wall_left, out_of_budget, stopped, sum_too_large


class OpenSession(Protocol):
    """What is used of a sandbox session."""

    cpu_used: float

    def call(
        self,
        function: str,
        args: Any = (),
        kwargs: Any = None,
        *,
        wall: Wall | None = None,
        judge_functions: Sequence[Callable[..., Any]] = (),
    ) -> Any: ...

    def reseed(self, seed: int) -> None: ...


@dataclass
class Call:
    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    returned: Any = None
    came_back: bool = False


class Sessions(Protocol):
    """Further sessions of one submission, beside the one that is tested. They live as long as an example."""

    @property
    def source_bytes(self) -> int: ...

    def measured(self, check: str) -> Metric | None: ...

    def anew(self) -> OpenSession: ...

    def baseline(self) -> OpenSession: ...

    def close_further(self) -> None: ...


@dataclass
class Calls:
    """Makes the calls of one check and remembers those of the current example."""

    session: OpenSession
    limits: ExerciseLimits
    budget: Budget
    example: list[Call] = field(default_factory=list)
    first_use: set[int] = field(default_factory=set)
    sessions: Sessions | None = None
    curve: Knots = ()
    seed: int = 0
    right: Mapping[str, Callable[..., Any]] = field(default_factory=dict)  #: functions that are not asked
    numbers: Iterator[int] | None = None  #: of kept arrays, where several examples share a session

    def start_example(self) -> None:
        self.example, self.first_use = [], set()
        if self.sessions is not None:
            self.sessions.close_further()

    def make(self, function: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self.budget.spent():
            raise out_of_budget(self.budget, self.limits)
        if function in self.right:
            return self._rightly(self.right[function], args, kwargs)
        call = Call(function, args, kwargs)
        self.example.append(call)
        self.budget.calls_made += 1
        asked = Asked()
        crossing = (
            [self._crossing(v, asked) for v in args],
            {k: self._crossing(v, asked) for k, v in kwargs.items()},
        )
        wall, started_s = self.budget.wall_of_next_call(), time.monotonic()
        try:
            call.returned = self.session.call(function, *crossing, wall=wall, judge_functions=asked.functions)
        except StudentError as error:
            raise CodeFailed(error.kind, error.text, error.line, function, error.file) from None
        except SessionEnded as end:
            self.budget.starved = end.starved
            if end.verdict == "wall_limit" and wall is not None and wall.limit_s != self.budget.call_wall_s:
                raise no_wall_left(self.limits) from None
            if end.verdict == "cpu_limit" and self.session.cpu_used < self.limits.call_cpu_s:
                raise sum_too_large(self.limits) from None
            raise stopped(end, self.limits) from None
        finally:
            self.budget.charge(self.session.cpu_used, time.monotonic() - started_s, self.example)
            asked.complain()
        call.came_back = True
        return call.returned

    def _rightly(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """As it would have come back from the sandbox."""
        named = {name: plain(value) for name, value in kwargs.items()}
        return wire.decode(wire.encode(function(*map(plain, args), **named)))

    def anew(self) -> "Calls":
        """Into a fresh session of the same file; part of the same example, out of the same budget."""
        if self.budget.spent():
            raise out_of_budget(self.budget, self.limits)
        try:
            session = self.further.anew()
        except StudentError as error:  # it loaded before: the file behaves differently each time
            message = feedback.of_load_error(error.kind, error.text, error.line)
            raise CheckStopped("error", message.key, message.params) from None
        except SessionEnded as end:
            raise stopped(end, self.limits) from None
        self.budget.cpu_used_s += session.cpu_used
        return replace(self, session=session, first_use=set())

    def baseline(self) -> "Calls":
        """Into a fresh session of baseline.py, with limits as large. BadExercise: it is not there, or does not load."""
        return replace(
            self,
            session=self.further.baseline(),
            budget=self.budget.for_baseline(),
            example=[],
            first_use=set(),
        )

    @property
    def further(self) -> Sessions:
        if self.sessions is None:
            raise RuntimeError("this check is run without further sessions")
        return self.sessions

    def timed(self, function: str, args: tuple[Any, ...]) -> tuple[Any, float]:
        """What came back, and CPU seconds. Of many calls only the last is part of the example."""
        self.example.clear()
        return self.make(function, args, {}), self.session.cpu_used

    def can_afford(self, cpu_s: float) -> bool:
        """More pairs of a race: out of a third of the check's computing time, so that it never ends near the limit."""
        left_s = min(self.budget.cpu_left_s, self.budget.check_cpu_s) / 3 - self.budget.cpu_used_s
        return cpu_s < left_s and time.monotonic() + 2 * cpu_s < self.budget.wall_until

    def _crossing(self, value: Any, asked: Asked) -> Any:
        """Tensors, kept and strided arrays are made inside, from the exercise's support module; functions stay here."""
        if callable(value):
            return asked.stub(value)
        if isinstance(value, Kept):
            if value.number in self.first_use:
                return Ref("support:_again", (value.number,))
            self.first_use.add(value.number)
            if isinstance(value.value, Tensor):
                return Ref("support:_keep_tensor", (value.number, value.value.value))
            return Ref("support:_keep", (value.number, value.value))
        if isinstance(value, Tensor):
            return Ref("support:_tensor", (value.value,))
        if isinstance(value, Strided):
            return Ref("support:_strided", (value.value,))
        return value
