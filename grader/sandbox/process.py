"""One student's process as the trusted side sees it: its CPU clock, its end, and a way to end it."""

import contextlib
import json
import os
import select
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class End:
    """As reported by the trusted parent of the student's process."""

    signal: int  #: 0: it exited by itself
    cpu_s: float
    peak_bytes: int


class StudentProcess:
    """`life`: closing it makes the process's parent kill and reap it. OSError: it is already gone."""

    def __init__(self, pid: int, life: socket.socket) -> None:
        self.pid = pid
        self._pidfd = os.pidfd_open(pid)
        self._life = life
        self._clock = (
            ~pid << 3
        ) | 2  # CLOCK_PROCESS_CPUTIME_ID of that process: all its threads, in nanoseconds
        self._last_cpu_s = 0.0
        self._end: End | None = None
        self._kills_at_start = _out_of_memory_kills()

    def cpu_s(self) -> float:
        """Since its start, ended threads included."""
        try:
            self._last_cpu_s = time.clock_gettime(self._clock)
        except OSError:  # already reaped
            if self._end is not None:
                self._last_cpu_s = max(self._last_cpu_s, self._end.cpu_s)
        return self._last_cpu_s

    def waited_for_a_core_s(self) -> float:
        """The longest that one of its threads was ready to run while others had the cores."""
        waits = [0.0]
        tasks = Path(f"/proc/{self.pid}/task")
        with contextlib.suppress(OSError):  # it ended
            for name in os.listdir(tasks):
                # that thread ended meanwhile, or the kernel has no such counts
                with contextlib.suppress(OSError, IndexError, ValueError):
                    waits.append(int((tasks / name / "schedstat").read_text().split()[1]) / 1e9)
        return max(waits)

    def has_ended(self, wait_s: float) -> bool:
        return bool(select.select([self._pidfd], [], [], wait_s)[0])

    def kill(self) -> None:
        with contextlib.suppress(OSError):  # it may have ended
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def end(self, wait_s: float) -> End | None:
        """None: its parent was killed too, or has not reaped it within `wait_s`."""
        if self._end is None and select.select([self._life], [], [], wait_s)[0]:
            data = self._life.recv(4096)
            if data:
                self._end = End(**json.loads(data))
        return self._end

    def was_killed_for_memory(self) -> bool:
        return _out_of_memory_kills() > self._kills_at_start

    def close(self) -> None:
        os.close(self._pidfd)


def _out_of_memory_kills() -> int:
    """On this machine since it started, cgroups included."""
    try:
        lines = Path("/proc/vmstat").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)
