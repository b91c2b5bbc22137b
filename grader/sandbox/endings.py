"""What the end of a student's process means."""

import signal
from collections.abc import Callable

from grader.sandbox.errors import SessionEnded


def explained(
    number: int, used_s: float, limit_s: float, was_killed_for_memory: Callable[[], bool]
) -> SessionEnded:
    """Of a process that ended by this signal (0: by itself), after so much CPU time of its session's limit."""
    if number == 0:
        return SessionEnded("no_result", "ended its own process")
    if number == signal.SIGXCPU or (number == signal.SIGKILL and used_s >= limit_s):
        return SessionEnded("cpu_limit", f"used {used_s:.2f} s")
    if number == signal.SIGKILL and was_killed_for_memory():
        return SessionEnded("memory_limit", "killed by the system")
    if number == signal.SIGSYS:
        return SessionEnded("forbidden", "a system call that is not allowed")
    known = number in signal.Signals._value2member_map_
    return SessionEnded("crashed", signal.Signals(number).name if known else f"signal {number}")
