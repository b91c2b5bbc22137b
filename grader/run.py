"""What one submission uses up while it is judged: sessions, computing time, waiting."""

import hashlib
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

from grader import feedback
from grader.exercise import Exercise
from grader.job import GradingJob
from grader.report import CheckResult, Message, Usage
from grader.sandbox import Limits, SessionEnded, StudentError
from grader.solution import PRELUDE, Budget, stopped

MAX_PRINTED_CHARS = 8000
SHRINK_WALL_S = 3.0  #: of all checks of one submission together


class Sandbox(Protocol):
    """What is used of a zygote: it opens sessions."""

    def open(self, source: str, limits: Limits, seed: int, support: str | None = None) -> Any: ...


@dataclass
class Run:
    """The sessions of one submission: a new one where the last has ended, so one endless loop costs one check."""

    sandbox: Sandbox
    exercise: Exercise
    job: GradingJob
    started: float  #: time.monotonic()
    cpu_s: float = 0.0
    judge_cpu_s: float = 0.0
    shrink_left_s: float = SHRINK_WALL_S
    printed: str = ""
    sessions: int = 0
    peak_bytes: int = 0
    hidden_details: list[CheckResult] = field(default_factory=list)
    _open: Any = field(default=None)
    _open_is_visible: bool = True

    @property
    def limits(self) -> Any:
        return self.exercise.limits

    def load_error(self) -> Message | None:
        """Open the first session. None: the file could be loaded."""
        try:
            self.session(visible=True)
        except (StudentError, SessionEnded) as error:
            return load_message(error, self.exercise)
        return None

    def session(self, *, visible: bool) -> Any:
        if self._open is None or self._open.ended or self._open_is_visible != visible:
            self.close()
            self.sessions += 1
            self._open = self.sandbox.open(
                self.job.source, self._session_limits(), seed_inside(self.job.seed), self._support()
            )
            self._open_is_visible = visible
        return self._open

    def budget(self) -> Budget:
        total_left_s = self.limits.total_cpu_s - self.cpu_s - self.judge_cpu_s
        return Budget(
            cpu_left_s=min(self.limits.check_cpu_s, total_left_s),
            wall_until=self.started + self.limits.total_wall_s,
            judge_cpu_left_s=min(self.limits.judge_cpu_s, total_left_s),
            shrink_left_s=self.shrink_left_s,
        )

    def charge(self, budget: Budget) -> None:
        self.cpu_s += budget.cpu_used_s
        self.judge_cpu_s += budget.judge_cpu_used_s
        self.shrink_left_s = budget.shrink_left_s

    def out_of_time(self, budget: Budget) -> Message:
        waited = budget.waited_too_long()
        limit_s = self.limits.total_wall_s if waited else self.limits.total_cpu_s
        return Message(
            key="total_wall_limit" if waited else "total_limit", params={"limit_s": float(limit_s)}
        )

    def close(self) -> None:
        if self._open is None:
            return
        if self._open_is_visible:  # what is printed about hidden inputs is not shown
            self.printed = (self.printed + self._open.printed())[:MAX_PRINTED_CHARS]
        end = self._open.close(wait_s=0.2)
        if end is not None:
            self.peak_bytes = max(self.peak_bytes, end.peak_bytes)
        self._open = None

    def usage(self) -> Usage:
        return Usage(
            cpu_s=round(self.cpu_s, 6),
            wall_s=round(time.monotonic() - self.started, 6),
            peak_bytes=self.peak_bytes,
            sessions=self.sessions,
        )

    def _support(self) -> str:
        return (self.exercise.support or "") + PRELUDE

    def _session_limits(self) -> Limits:
        return Limits(
            call_cpu_s=self.limits.call_cpu_s,
            session_cpu_s=self.limits.total_cpu_s,
            call_wall_s=self.limits.call_wall_s,
            memory_bytes=self.limits.memory_mib << 20,
            reply_bytes=4 << 20,
            reply_items=self.limits.reply_items,
        )


def seed_inside(seed: int) -> int:
    """For random numbers of the learner's code, which can read it: tells nothing of the seed that picks hidden inputs."""
    return int.from_bytes(hashlib.sha256(f"sandbox {seed}".encode()).digest()[:7], "big")


def load_message(error: StudentError | SessionEnded, exercise: Exercise) -> Message:
    if isinstance(error, StudentError):
        if error.kind == "MemoryError":
            return Message(key="memory_limit", params={"limit_mib": exercise.limits.memory_mib})
        return feedback.of_load_error(error.kind, error.text, error.line)
    return feedback.of_load_stop(stopped(error, exercise.limits))
