"""One line per event: on the terminal and in supervisor.log."""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Journal:
    log: Path
    _started: float = field(default_factory=time.monotonic)

    def elapsed_s(self) -> float:
        return time.monotonic() - self._started

    def say(self, line: str) -> None:
        self._show(f"{self.elapsed_s():6.1f} s  {line}")
        self.note(line)

    def show(self, text: str) -> None:
        """For the terminal only: logins and other things that do not belong in a log."""
        self._show(text)

    def note(self, line: str) -> None:
        with self.log.open("a", encoding="utf-8") as stream:
            stream.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}\n")

    def _show(self, line: str) -> None:
        try:
            print(line, flush=True)
        except (BrokenPipeError, OSError):
            # The terminal has gone; the site goes on until it is told to stop.
            sys.stdout = None
