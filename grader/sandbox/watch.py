"""The limits of one exchange with a student's process, watched from outside it."""

import os
import time
from typing import NamedTuple

from grader.sandbox.errors import SessionEnded
from grader.sandbox.process import StudentProcess

_CORES = os.cpu_count() or 1
_SMALLEST_PAUSE_S = 0.002


class Wall(NamedTuple):
    """Of one call, by the clock."""

    limit_s: float  #: waiting for a core does not count
    longest_s: float  #: however long others have the cores


class Watch:
    def __init__(self, process: StudentProcess, cpu_start_s: float, cpu_end_s: float, wall: Wall) -> None:
        """`cpu_start_s`, `cpu_end_s`: on the process's CPU clock."""
        now_s = time.monotonic()
        self._process = process
        self._cpu_start_s, self._cpu_end_s = cpu_start_s, cpu_end_s
        self._wall_end_s = now_s + wall.limit_s  # later by what it waited for a core
        self._latest_wall_end_s = now_s + max(wall.limit_s, wall.longest_s)  # however much that was
        self._waited_before_s = 0.0

    def pause_s(self) -> float:
        """Until it is time to look again. SessionEnded: a limit is reached.

        Even on every core at once it cannot pass its CPU limit before `left / cores`.
        """
        used_s = self._process.cpu_s()
        cpu_left_s = self._cpu_end_s - used_s
        if cpu_left_s <= 0:
            raise SessionEnded("cpu_limit", f"used {used_s - self._cpu_start_s:.2f} s")
        wall_left_s = self._wall_left_s()
        if wall_left_s <= 0:
            self._prolong()
            wall_left_s = self._wall_left_s()
            if wall_left_s <= 0:
                raise self._out_of_time()
        return min(max(cpu_left_s / _CORES, _SMALLEST_PAUSE_S), wall_left_s)

    def _wall_left_s(self) -> float:
        return min(self._wall_end_s, self._latest_wall_end_s) - time.monotonic()

    def _prolong(self) -> None:
        waited_s = self._process.waited_for_a_core_s()
        self._wall_end_s += waited_s - self._waited_before_s
        self._waited_before_s = waited_s

    def _out_of_time(self) -> SessionEnded:
        ended = SessionEnded("wall_limit", "waited without computing")
        ended.starved = self._wall_end_s > self._latest_wall_end_s
        return ended
