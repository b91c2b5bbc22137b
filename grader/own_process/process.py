"""A child process as it is watched from outside, on any system that psutil knows."""

import subprocess
import time

import psutil

from grader.sandbox.process import End


class OwnProcess:
    """What `Watch` and a session use of a process."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self.pid = child.pid
        self._child = child
        self._watched = psutil.Process(child.pid)
        self._cpu_s = 0.0
        self._peak_bytes = 0

    def cpu_s(self) -> float:
        """Since its start, in steps of the system's clock (10 to 16 ms on some)."""
        try:
            used = self._watched.cpu_times()
        except psutil.Error:  # it ended
            return self._cpu_s
        self._cpu_s = max(self._cpu_s, used.user + used.system)
        return self._cpu_s

    def resident_bytes(self) -> int:
        """0: it ended."""
        try:
            now = int(self._watched.memory_info().rss)
        except psutil.Error:
            return 0
        self._peak_bytes = max(self._peak_bytes, now)
        return now

    def waited_for_a_core_s(self) -> float:
        """Not known on every system; on one's own machine nothing is decided by it."""
        return 0.0

    def has_ended(self, wait_s: float) -> bool:
        try:
            self._child.wait(wait_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        self.resident_bytes()
        self._child.kill()

    def end(self, wait_s: float) -> End | None:
        """None: it goes on."""
        if not self.has_ended(wait_s):
            return None
        code = self._child.returncode
        return End(signal=max(0, -code), cpu_s=self._cpu_s, peak_bytes=self._peak_bytes)

    def close(self) -> None:
        """Killed before; reaped here."""
        until_s = time.monotonic() + 5.0
        while time.monotonic() < until_s and not self.has_ended(0.5):
            self._child.kill()
