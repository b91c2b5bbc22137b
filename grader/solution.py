"""The learner's functions as a check sees them: `solution.quantize(x, 0.5, 3, 8)` is a call into the sandbox."""

import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from grader import feedback
from grader.asked import Asked
from grader.budget import Budget
from grader.curves import Knots
from grader.exercise import ExerciseLimits
from grader.failures import CheckStopped, CodeFailed
from grader.metric import Metric
from grader.pyvalue import as_python
from grader.race import Baseline, Inputs, Verify, at_our_expense, run_race, stream
from grader.report import ShownCall
from grader.sandbox import Limits, Ref, SessionEnded, StudentError, Wall, wire
from grader.sandbox.printed import FLOOD

SANDBOX_QUESTIONS = 10_000  #: to judge functions, per call
REPLY_BYTES = 4 << 20  #: of one answer
_PRINTED_MIB = Limits().log_bytes * FLOOD >> 20

#: Added to every exercise's support module, so that arrays which cannot cross as they are can be made inside.
PRELUDE = """
import numpy as _np
_kept = {}
def _keep(number, value):
    _kept[number] = value
    return value
def _again(number):
    return _kept[number]
def _strided(values):
    return _np.repeat(values, 2, axis=-1)[..., ::2]
def _tensor(values):
    import torch
    return torch.tensor(values)
def _keep_tensor(number, values):
    return _keep(number, _tensor(values))
"""


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


@dataclass(frozen=True)
class Tensor:
    """An array that arrives as a torch tensor of the same dtype."""

    value: np.ndarray


@dataclass(frozen=True)
class Kept:
    """An array or tensor that stays inside, so that two calls get the very same one."""

    number: int
    value: np.ndarray | Tensor


@dataclass(frozen=True)
class Strided:
    """An array that is a view with gaps, as x[::2] is: not contiguous in memory."""

    value: np.ndarray


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
                raise _no_wall_left(self.limits) from None
            if end.verdict == "cpu_limit" and self.session.cpu_used < self.limits.call_cpu_s:
                raise _sum_too_large(self.limits) from None
            raise stopped(end, self.limits) from None
        finally:
            self.budget.charge(self.session.cpu_used, time.monotonic() - started_s, self.example)
            asked.complain()
        call.came_back = True
        return call.returned

    def _rightly(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """As it would have come back from the sandbox."""
        named = {name: _plain(value) for name, value in kwargs.items()}
        return wire.decode(wire.encode(function(*map(_plain, args), **named)))

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


class Solution:
    """What a check gets. Every other attribute is a function of the learner's file."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._kept = calls.numbers or itertools.count()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._calls.make(name, args, kwargs)

    def keep(self, value: np.ndarray | Tensor) -> Kept:
        """The same array or tensor object in every call of this example that is given the result."""
        return Kept(next(self._kept), value)

    @property
    def source_bytes(self) -> int:
        """Of the learner's files: where a format is marked by its size, data may hide in the program."""
        return self._calls.further.source_bytes

    def anew(self) -> "Solution":
        """The same file, loaded again in a session that shares no memory with this one. It lasts until the example ends."""
        return Solution(self._calls.anew())

    def race(self, function: str, inputs: Inputs, verify: Verify) -> Metric:
        """CPU time of a function, as a ratio to the function of the same name in baseline.py (`grader.race`)."""
        calls = self._calls
        drawn = stream(calls.seed, function)
        return run_race(
            calls.anew(),
            Baseline(calls.baseline(), calls.budget),
            function,
            lambda: at_our_expense(calls.budget, lambda: inputs(drawn)),
            verify,
            calls.curve,
        )

    def tensor(self, value: np.ndarray) -> Tensor:
        """As a torch tensor of the same dtype; of an exercise that imports torch."""
        return Tensor(value)

    def strided(self, value: np.ndarray) -> Strided:
        """The same values in an array that is not contiguous (at least one dimension)."""
        return Strided(value)


def _plain(value: Any) -> Any:
    """The array itself."""
    while isinstance(value, Kept | Strided | Tensor):
        value = value.value
    return value


def out_of_budget(budget: Budget, limits: ExerciseLimits) -> CheckStopped:
    if budget.waited_too_long():
        return _no_wall_left(limits)
    if budget.judge_is_tired():
        return CheckStopped("output_limit", "answers_too_large")
    if budget.cpu_left_is_total:
        return _sum_too_large(limits)
    return CheckStopped("cpu_limit", "check_cpu_limit", {"limit_s": float(limits.check_cpu_s)})


def stopped(end: SessionEnded, limits: ExerciseLimits) -> CheckStopped:
    """The end of a session as a verdict with its numbers."""
    if end.verdict == "output_limit" and end.detail.startswith("printed"):
        return CheckStopped(end.verdict, "printed_too_much", {"limit_mib": _PRINTED_MIB})
    if end.verdict == "crashed" and end.detail.startswith("SIG"):
        return CheckStopped(end.verdict, "crashed_by_signal", {"signal": end.detail})
    params: dict[str, str | int | float] = {
        "limit_s": float(limits.call_wall_s if end.verdict == "wall_limit" else limits.call_cpu_s),
        "limit_mib": REPLY_BYTES >> 20 if end.verdict == "output_limit" else limits.memory_mib,
        "limit": SANDBOX_QUESTIONS,
    }
    return CheckStopped(end.verdict, end.verdict, params)


def _no_wall_left(limits: ExerciseLimits) -> CheckStopped:
    return CheckStopped("wall_limit", "total_wall_limit", {"limit_s": float(limits.total_wall_s)})


def _sum_too_large(limits: ExerciseLimits) -> CheckStopped:
    """No single call was too slow, but the session has a limit of its own."""
    return CheckStopped("cpu_limit", "total_cpu_limit", {"limit_s": float(limits.total_cpu_s)})


def shown(calls: list[Call]) -> tuple[ShownCall, ...]:
    """The calls of an example as the learner could type them."""
    named: dict[int, str] = {}
    return tuple(
        ShownCall(
            function=call.function,
            arguments=(
                *(_argument(value, named) for value in call.args),
                *(f"{name}={_argument(value, named)}" for name, value in call.kwargs.items()),
            ),
            returned=as_python(call.returned) if call.came_back else None,
        )
        for call in calls
    )


def _argument(value: Any, named: dict[int, str]) -> str:
    if isinstance(value, Kept):
        if value.number in named:
            return named[value.number]
        named[value.number] = f"x{len(named) or ''}"
        return f"{named[value.number]} := {_argument(value.value, named)}"
    if isinstance(value, Tensor):
        text = _argument(value.value, named)
        return text.replace("np.array(", "torch.tensor(", 1).replace("dtype=np.", "dtype=torch.", 1)
    if isinstance(value, Strided):
        return f"np.repeat({as_python(value.value)}, 2, axis=-1)[..., ::2]"
    if isinstance(value, Ref):
        return value.name.partition(":")[2]
    if callable(value):
        return str(getattr(value, "__name__", "function"))
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return f"np.array({value[()]}, dtype=np.{value.dtype.name})"
    return as_python(value)
