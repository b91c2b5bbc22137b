"""Requests and answers over the pipes of a child, without what only Linux has: a thread reads, everybody else waits."""

import contextlib
import queue
import subprocess
import threading

from grader.own_process.printed import PrintedFile
from grader.own_process.process import OwnProcess
from grader.sandbox.errors import SessionEnded
from grader.sandbox.exchange import ChannelClosed, Exchange
from grader.sandbox.harness import wire
from grader.sandbox.limits import Limits
from grader.sandbox.printed import FLOOD
from grader.sandbox.watch import Watch

_LOOK_AGAIN_S = 0.05  #: at memory and at what was printed
_PIECE_BYTES = 1 << 20


class PipeExchange(Exchange):
    def __init__(self, child: "subprocess.Popen[bytes]", process: OwnProcess, log: PrintedFile) -> None:
        self._limits = Limits()
        self._reply_caps = wire.CAPS
        self._number = 0
        self._unsent: memoryview | None = None
        self._child, self._process, self._log = child, process, log
        self._memory_before = 0
        self._pieces: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._left = b""
        threading.Thread(target=self._read_all, daemon=True).start()

    def limit_to(self, limits: Limits) -> None:
        super().limit_to(limits)
        self._memory_before = self._process.resident_bytes()

    def send_whole(self, data: bytes) -> None:
        """Before the first request."""
        self._unsent = memoryview(data)
        self._send()

    def _read_all(self) -> None:
        assert self._child.stdout is not None
        descriptor = self._child.stdout
        with contextlib.suppress(OSError, ValueError):  # closed while it was waited for
            while piece := descriptor.read(_PIECE_BYTES):
                self._pieces.put(piece)
        self._pieces.put(b"")

    def _refuse_early_bytes(self) -> None:
        """Nobody cheats on their own machine."""

    def _send(self) -> None:
        """All of it: the thread goes on reading meanwhile, so that neither side waits for the other."""
        assert self._child.stdin is not None
        try:
            left = self._unsent
            while left:
                left = left[self._child.stdin.write(left) :]
        except OSError:  # it ended: what it said before is still read
            pass
        self._unsent = None

    def _read(self, length: int, watch: Watch) -> bytearray:
        data = bytearray()
        while len(data) < length:
            if not self._left:
                self._left = self._next(watch)
            missing = length - len(data)
            data += self._left[:missing]
            self._left = self._left[missing:]
        return data

    def _next(self, watch: Watch) -> bytes:
        while True:
            try:
                piece = self._pieces.get(timeout=min(watch.pause_s(), _LOOK_AGAIN_S))
            except queue.Empty:
                self._look_after_it()
                continue
            if not piece:
                raise ChannelClosed
            return piece

    def _look_after_it(self) -> None:
        """SessionEnded: too much memory or too much printed."""
        if self._process.resident_bytes() - self._memory_before > self._limits.memory_bytes:
            raise SessionEnded("memory_limit", "ended by the judge")
        if self._log.size_bytes() > FLOOD * self._limits.log_bytes:
            raise SessionEnded("output_limit", "printed too much")
