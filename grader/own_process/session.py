"""One file loaded in a plain child process. The same calls and limits as `grader.sandbox.session`, and no walls."""

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from grader.own_process.exchange import PipeExchange
from grader.own_process.printed import PrintedFile
from grader.own_process.process import OwnProcess
from grader.sandbox.errors import SessionEnded, SystemFailure
from grader.sandbox.exchange import ChannelClosed
from grader.sandbox.harness import frames
from grader.sandbox.limits import Limits
from grader.sandbox.process import End
from grader.sandbox.session import Session
from grader.sandbox.watch import Wall, Watch

_START_WAIT_S = 180.0  # importing torch on a slow disk
_ENDING_WAIT_S = 5.0


class OwnSession(Session):
    """Prepared as soon as it is made: it imports what the exercise needs meanwhile."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], bundle: bytes) -> None:
        self.ended: SessionEnded | None = None
        self.cpu_used = 0.0
        self.calls = 0
        self.limits = Limits()
        self.versions: dict[str, str] = {}
        self._waited_s = 0.0
        self._seed: int | None = None
        self._lines: dict[str, int] = {}
        self._cpu_at_open = self._cpu_at_call = self._cpu_at_end = 0.0
        self._closed = False
        self._folder = tempfile.TemporaryDirectory(prefix="prova-", ignore_cleanup_errors=True)
        self._printed = log = PrintedFile(Path(self._folder.name) / "printed.txt")  # type: ignore[assignment]
        work = Path(self._folder.name) / "work"
        work.mkdir()
        self._child = subprocess.Popen(
            [*command, str(len(bundle))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log.fileno(),
            cwd=work,
            env=environment,
            bufsize=0,
        )
        self._own = OwnProcess(self._child)
        self._process = self._own  # type: ignore[assignment]  # it does what a session asks of one
        pipes = PipeExchange(self._child, self._own, log)
        self._exchange = pipes
        pipes.send_whole(bundle)

    def close(self, wait_s: float = 0.0) -> End | None:
        if self._closed:
            return None
        self._closed = True
        self.ended = self.ended or SessionEnded("closed")
        self._own.kill()
        self._own.close()
        end = self._own.end(wait_s)
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        self._printed.close()
        self._folder.cleanup()
        return end

    def _lock_down(self, seed: int) -> None:
        """Only waits until it is ready: there is nothing to lock. SystemFailure: it does not start."""
        limits = self.limits
        message = {"seed": seed, "reply_bytes": limits.reply_bytes, "reply_items": limits.reply_items}
        watch = Watch(self._own, 0.0, _START_WAIT_S, Wall(_START_WAIT_S, _START_WAIT_S))  # type: ignore[arg-type]
        since_s = time.monotonic()
        try:
            answer = self._exchange.ask(self._exchange.frame(frames.OPEN, message), watch)
        except (ChannelClosed, SessionEnded):
            raise SystemFailure(f"the process for your file did not start: {self.printed()[-500:]}") from None
        self._waited_s = time.monotonic() - since_s  # for imports: on the site they are done before
        self.versions = dict(answer.value)
        self._exchange.limit_to(limits)  # counts memory from here
        self._cpu_at_open = self._cpu_at_end = self._own.cpu_s()

    def _explain_end(self) -> NoReturn:
        end = self._own.end(_ENDING_WAIT_S)
        if end is None:
            self._stop("no_result", "closed the channel")
        if end.signal:
            self._stop("crashed", _signal_name(end.signal))
        if os.name == "nt" and self._child.returncode not in (0, 1):
            self._stop("crashed", f"code {self._child.returncode:#x}")
        self._stop("no_result", "ended its own process")

    def _without_paths(self, text: str) -> str:
        return text


def _signal_name(number: int) -> str:
    import signal

    known = number in signal.Signals._value2member_map_
    return signal.Signals(number).name if known else f"signal {number}"
