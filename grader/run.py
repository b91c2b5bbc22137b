"""What one submission uses up while it is judged: sessions, computing time, waiting."""

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from grader import feedback
from grader.alone import Machine
from grader.budget import OVERTIME, Budget
from grader.crossing import PRELUDE
from grader.exercise import (
    LONGEST_GRADING_S,
    PATIENCE_S,
    SESSION_END_WALL_S,
    Exercise,
    ExerciseLimits,
    widened,
)
from grader.job import GradingJob
from grader.metric import Metric
from grader.report import CheckResult, Message, Usage
from grader.sandbox import Limits, SessionEnded, StudentError, SystemFailure
from grader.stops import REPLY_BYTES, stopped

MAX_PRINTED_CHARS = 8000
SHRINK_CALLS = 1000  #: of all checks of one submission together
SHRINK_CPU_S = 4.0  #: of the code and of the judge, where calls are slow
#: When its wall time is over, a submission is to blame if, on the reference machine and with nothing else running, it
#: would have taken at least this part of it. The rest is what the judge needs between two calls.
_OWN_SHARE = 0.8


class Sandbox(Protocol):
    """What is used of a zygote: it opens sessions."""

    def open(
        self,
        source: str,
        limits: Limits,
        seed: int,
        support: str | None = None,
        modules: Mapping[str, str] | None = None,
    ) -> Any: ...


@dataclass(frozen=True)
class Surroundings:
    """Of a judge: what its verdicts must not depend on."""

    cpu_scale: float = 1.0  #: how much longer work may take here than on the reference
    machine: Machine = field(default_factory=lambda: Machine(None))
    #: whether the examples of a check are played side by side first (`grader.together`)
    together: bool = True


@dataclass(frozen=True)
class Headroom:
    """The limit that code came closest to, and how many times it would fit in."""

    limit: str  #: as it is called in exercise.toml
    times: float


@dataclass
class Run:
    """The sessions of one submission: a new one where the last has ended, so one endless loop costs one check."""

    sandbox: Sandbox
    exercise: Exercise
    job: GradingJob
    started: float  #: time.monotonic()
    around: Surroundings = field(default_factory=Surroundings)
    cpu_s: float = 0.0  #: of the first run of each check: what limits are about
    judge_cpu_s: float = 0.0
    repeats_cpu_s: float = 0.0
    in_vain_cpu_s: float = 0.0  #: of tries that say nothing
    slowest_load_s: float = 0.0
    slowest_call_s: float = 0.0
    slowest_check_s: float = 0.0
    shrink_calls_left: float = SHRINK_CALLS
    patience_left_s: float = PATIENCE_S
    printed: str = ""
    sessions: int = 0
    peak_bytes: int = 0
    hidden_details: list[CheckResult] = field(default_factory=list)
    measured: dict[str, Metric] = field(default_factory=dict)  #: so far, by the check's name
    together: bool = field(init=False)  #: still: code that was too slow for it is not tried again
    no_call_after: float = field(init=False)
    shrink_cpu_left_s: float = field(init=False)
    _loading_cpu_s: float = 0.0
    _wall_in_calls_s: float = 0.0
    _waited_s: float = 0.0
    _open: Any = field(default=None)
    _open_is_visible: bool = True

    def __post_init__(self) -> None:
        self.together = self.around.together
        self.no_call_after = self.started + self.limits.total_wall_s
        self.shrink_cpu_left_s = SHRINK_CPU_S * self.around.cpu_scale

    @property
    def limits(self) -> ExerciseLimits:
        """As the author wrote them: what learners read."""
        return self.exercise.limits

    @property
    def limits_here(self) -> ExerciseLimits:
        return widened(self.exercise.limits, self.around.cpu_scale)

    @property
    def hard_end(self) -> float:
        """By time.monotonic(): nothing of the learner's runs later, whatever limits say."""
        return self.started + LONGEST_GRADING_S - SESSION_END_WALL_S

    def session(self, *, visible: bool) -> Any:
        """StudentError, SessionEnded: the file does not load."""
        if self._open is None or self._open.ended or self._open_is_visible != visible:
            self.close()
            self._open = self.fresh_session()
            self._open_is_visible = visible
        return self._open

    def fresh_session(self) -> Any:
        """One more, which shares nothing with the others; to be closed with `finish`."""
        started_s = time.monotonic()
        try:
            session = self.open(self.job.source, self.job.modules)
        finally:
            self._wall_in_calls_s += time.monotonic() - started_s
        self.slowest_load_s = max(self.slowest_load_s, session.cpu_used)
        self._loading_cpu_s += session.cpu_used
        return session

    def open(self, source: str, modules: Mapping[str, str] | None = None) -> Any:
        self.sessions += 1
        return self.sandbox.open(
            source, self._session_limits(), seed_inside(self.job.seed), self._support(), modules
        )

    def finish(self, session: Any) -> None:
        end = session.close(wait_s=0.2)
        self._waited_s += session.waited_s
        if end is not None:
            self.peak_bytes = max(self.peak_bytes, end.peak_bytes)

    def close(self) -> None:
        if self._open is None:
            return
        if self._open_is_visible:  # what is printed about hidden inputs is not shown
            self.printed = (self.printed + self._open.printed())[:MAX_PRINTED_CHARS]
        self.finish(self._open)
        self._open = None

    def budget(self, *, of_repeat: bool = False) -> Budget:
        limits = self.limits_here
        total_left_s = OVERTIME * limits.total_cpu_s - self.cpu_s - self.judge_cpu_s
        check_cpu_s = OVERTIME * limits.check_cpu_s
        total_binds = total_left_s < check_cpu_s and not of_repeat
        return Budget(
            cpu_left_s=total_left_s if total_binds else check_cpu_s,
            cpu_left_is_total=total_binds,
            call_cpu_s=limits.call_cpu_s,
            check_cpu_s=limits.check_cpu_s,
            call_wall_s=max(limits.call_wall_s, OVERTIME * limits.call_cpu_s),
            wall_until=self.no_call_after,
            prolonged=self._prolonged,
            hard_end=self.hard_end,
            judge_cpu_left_s=min(limits.judge_cpu_s, total_left_s) if total_binds else limits.judge_cpu_s,
            shrink_calls_left=self.shrink_calls_left,
            shrink_cpu_left_s=self.shrink_cpu_left_s,
        )

    def charge(self, budget: Budget, *, of_repeat: bool = False) -> None:
        self._wall_in_calls_s += budget.wall_in_calls_s
        self.no_call_after = budget.wall_until
        if of_repeat:
            self.repeats_cpu_s += budget.cpu_used_s
            return
        self.cpu_s += budget.cpu_used_s
        self.judge_cpu_s += budget.judge_cpu_used_s
        self.slowest_call_s = max(self.slowest_call_s, budget.slowest_call_s)
        self.slowest_check_s = max(self.slowest_check_s, budget.cpu_used_s)
        self.shrink_calls_left = budget.shrink_calls_left
        self.shrink_cpu_left_s = budget.shrink_cpu_left_s

    def forget(self, budget: Budget, since_s: float) -> None:
        """A try, begun then, that says nothing: neither its computing nor its time is the learner's."""
        self.in_vain_cpu_s += budget.cpu_used_s
        self.no_call_after += time.monotonic() - since_s

    @contextmanager
    def among_others(self) -> Iterator[None]:
        """Around everything that computes next to other judges of this machine."""
        since_s = time.monotonic()
        with self.around.machine.among_others(self.patience_left_s):
            self._note_patience(since_s)
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Around what is measured a second time."""
        since_s = time.monotonic()
        with self.around.machine.alone(self.patience_left_s):
            self._note_patience(since_s)
            yield

    def has_time_for(self, wall_s: float) -> bool:
        return time.monotonic() + wall_s < min(self.no_call_after, self.hard_end)

    def out_of_time(self, budget: Budget) -> Message:
        """SystemFailure: it is this machine that has no time."""
        if budget.waited_too_long():
            self.blame_machine()
            return Message(key="total_wall_limit", params={"limit_s": float(self.limits.total_wall_s)})
        return Message(key="total_limit", params={"limit_s": float(self.limits.total_cpu_s)})

    def blame_machine(self) -> None:
        """SystemFailure: on the reference machine, with nothing else running, there would have been time enough."""
        own_s = self._own_s()
        if own_s < _OWN_SHARE * self.limits.total_wall_s:
            raise SystemFailure(
                f"this machine is too busy or too slow to judge: after {time.monotonic() - self.started:.0f} s the "
                f"submission had had {own_s:.1f} s. Run fewer grading processes on it, or add a machine"
            )

    def headroom(self) -> Headroom:
        """Infinite where nothing ran."""
        limits = self.limits_here
        used = {
            "call_cpu_s": (limits.call_cpu_s, max(self.slowest_call_s, self.slowest_load_s)),
            "check_cpu_s": (limits.check_cpu_s, self.slowest_check_s),
            "total_cpu_s": (limits.total_cpu_s, self.cpu_s + self.judge_cpu_s),
        }
        times = {
            name: limit_s / used_s if used_s else float("inf") for name, (limit_s, used_s) in used.items()
        }
        tightest = min(times, key=lambda name: times[name])
        return Headroom(tightest, times[tightest])

    def usage(self) -> Usage:
        return Usage(
            cpu_s=round(self.cpu_s + self.repeats_cpu_s + self.in_vain_cpu_s, 6),
            wall_s=round(time.monotonic() - self.started, 6),
            peak_bytes=self.peak_bytes,
            sessions=self.sessions,
        )

    def _prolonged(self, budget: Budget) -> float:
        return time.monotonic() + self.limits.total_wall_s - self._own_s(budget)

    def _own_s(self, budget: Budget | None = None) -> float:
        """Wall time that the submission, `budget` included, would have taken on the reference machine, with nothing else
        running: computing, and sleeping."""
        computed_s = self.cpu_s + self.repeats_cpu_s + self._loading_cpu_s
        in_calls_s, judge_s = self._wall_in_calls_s, self.judge_cpu_s
        if budget is not None:
            computed_s += budget.cpu_used_s
            in_calls_s += budget.wall_in_calls_s
            judge_s += budget.judge_cpu_used_s
        waited_s = self._waited_s + (self._open.waited_s if self._open is not None else 0.0)
        idle_s = max(0.0, in_calls_s - computed_s - waited_s)
        return (computed_s + judge_s) / self.around.cpu_scale + idle_s

    def _note_patience(self, since_s: float) -> None:
        waited_s = time.monotonic() - since_s
        self.patience_left_s = max(0.0, self.patience_left_s - waited_s)
        self.no_call_after += waited_s

    def _support(self) -> str:
        return (self.exercise.support or "") + PRELUDE

    def _session_limits(self) -> Limits:
        limits = self.limits_here
        return Limits(
            call_cpu_s=OVERTIME * limits.call_cpu_s,
            session_cpu_s=OVERTIME * limits.total_cpu_s,
            call_wall_s=max(limits.call_wall_s, OVERTIME * limits.call_cpu_s),
            longest_wall_s=self.hard_end - time.monotonic(),
            memory_bytes=limits.memory_mib << 20,
            reply_bytes=REPLY_BYTES,
            reply_items=limits.reply_items,
        )


def seed_inside(seed: int, check: str = "") -> int:
    """For random numbers of the learner's code, which can read it: tells nothing of the seed that picks hidden inputs."""
    return int.from_bytes(
        hashlib.sha256(f"sandbox {seed}{check and f' {check}'}".encode()).digest()[:7], "big"
    )


def load_message(error: StudentError | SessionEnded, exercise: Exercise) -> Message:
    if isinstance(error, StudentError):
        if error.kind == "MemoryError":
            return Message(key="memory_limit", params={"limit_mib": exercise.limits.memory_mib})
        return feedback.of_load_error(error.kind, error.text, error.line, error.file)
    return feedback.of_load_stop(stopped(error, exercise.limits))
