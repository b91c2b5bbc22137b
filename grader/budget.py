"""What one check may use up, and what it has used."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.sandbox import Wall

#: Times a limit of computing time after which code is stopped. In between it is late: the check goes on to its end, and
#: only if nothing else is wrong with it, it is measured again with the machine to itself.
OVERTIME = 1.5
_SHORTEST_WALL_S = 0.05
_SHRINK_WALL_FACTOR = 3  #: times its CPU time that shrinking may take on a busy machine


@dataclass
class Budget:
    """Of one check. CPU time counts, so that a verdict does not depend on how busy the machine is."""

    cpu_left_s: float  #: where the check is stopped
    cpu_left_is_total: bool = False  #: by what the whole submission may use
    call_cpu_s: float = float("inf")  #: a call that takes longer is late
    check_cpu_s: float = float("inf")  #: so is a check of which all calls together do
    call_wall_s: float | None = None  #: None: what the session was opened with
    wall_until: float = float("inf")  #: by time.monotonic(): no call starts later
    #: `wall_until`, without the time that others had the cores
    prolonged: Callable[["Budget"], float] | None = None
    hard_end: float = float("inf")  #: and by this no call goes on
    calls_left: float = float("inf")  #: finite while shrinking, which would otherwise go on and on
    judge_cpu_left_s: float = float("inf")
    shrink_calls_left: float = float("inf")  #: of the whole submission; the same everywhere
    shrink_cpu_left_s: float = 0.0  #: of the code and of the judge: a net for slow functions
    cpu_used_s: float = 0.0
    slowest_call_s: float = 0.0  #: CPU time
    wall_in_calls_s: float = 0.0
    calls_made: int = 0
    late_example: list[Any] | None = None  #: calls up to the first one that was late
    starved: bool = False  #: a call ended by the clock, while others had the cores
    judge_cpu_start_s: float = field(default_factory=time.thread_time)

    @property
    def judge_cpu_used_s(self) -> float:
        """Of this thread: reading and comparing what came back."""
        return time.thread_time() - self.judge_cpu_start_s

    def charge(self, cpu_s: float, wall_s: float, example: list[Any]) -> None:
        self.cpu_used_s += cpu_s
        self.wall_in_calls_s += wall_s
        self.slowest_call_s = max(self.slowest_call_s, cpu_s)
        if self.is_late() and self.late_example is None:
            self.late_example = list(example)

    def start(self, since_s: float) -> None:
        """Here the learner's part begins; what passed from `since_s` (time.monotonic()) until now is ours."""
        self.judge_cpu_start_s = time.thread_time()
        self.wall_until += time.monotonic() - since_s

    def for_shrinking(self, calls: int) -> "Budget":
        """Ended by a number of calls, so that everywhere the same input is found; by time only where calls are slow."""
        left_s = self.shrink_cpu_left_s
        return Budget(
            cpu_left_s=left_s,
            judge_cpu_left_s=left_s,
            calls_left=min(calls, self.shrink_calls_left),
            call_wall_s=self.call_wall_s,
            wall_until=min(self.wall_until, time.monotonic() + _SHRINK_WALL_FACTOR * left_s),
            hard_end=self.hard_end,
        )

    def for_baseline(self) -> "Budget":
        """As large as the learner's."""
        return Budget(
            cpu_left_s=self.cpu_left_s,
            check_cpu_s=self.check_cpu_s,
            call_wall_s=self.call_wall_s,
            wall_until=self.wall_until,
            hard_end=self.hard_end,
        )

    def charge_shrinking(self, shrinking: "Budget") -> None:
        """It never makes a check late: right code is not shrunk."""
        judge_cpu_s = shrinking.judge_cpu_used_s
        self.shrink_calls_left -= shrinking.calls_made
        self.shrink_cpu_left_s -= shrinking.cpu_used_s + judge_cpu_s
        self.cpu_used_s += shrinking.cpu_used_s
        self.wall_in_calls_s += shrinking.wall_in_calls_s
        self.calls_made += shrinking.calls_made
        self.judge_cpu_start_s += judge_cpu_s  # it has a limit of its own

    def is_late(self) -> bool:
        return self.a_call_is_late() or self.cpu_used_s > self.check_cpu_s

    def a_call_is_late(self) -> bool:
        return self.slowest_call_s > self.call_cpu_s

    def waited_too_long(self) -> bool:
        if time.monotonic() > self.wall_until and self.prolonged is not None:
            self.wall_until = max(self.wall_until, self.prolonged(self))
        return time.monotonic() > min(self.wall_until, self.hard_end)

    def judge_is_tired(self) -> bool:
        return self.judge_cpu_used_s > self.judge_cpu_left_s

    def spent(self) -> bool:
        return (
            self.calls_made >= self.calls_left
            or self.cpu_used_s > self.cpu_left_s
            or self.judge_is_tired()
            or self.waited_too_long()
        )

    def wall_of_next_call(self) -> Wall | None:
        """Others may have the cores for as long as there is time at all, but nothing goes on after `hard_end`."""
        if self.call_wall_s is None:
            return None
        left_s = max(self.hard_end - time.monotonic(), _SHORTEST_WALL_S)
        return Wall(min(self.call_wall_s, left_s), left_s)
