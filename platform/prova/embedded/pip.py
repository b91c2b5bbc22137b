"""pip with a voice: what it is working on, and for how long; everything it says goes to a log."""

import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_DOWNLOAD = re.compile(r"^\s*Downloading (?:\S*/)?([\w.]+?)-\S+(?: \(([\d.]+ [kMG]B)\))?")
_COLLECT = re.compile(r"^\s*(?:Collecting|Processing) (?:\S*/)?([\w.-]+?)(?:-\d|[\s=<>!~;\[(]|$)")
_CHANGES = "Installing collected packages"
#: Seconds of silence after which a line says that it still works.
PATIENCE_S = 10.0


class PipFailed(Exception):
    def __init__(self, step: str, tail: str) -> None:
        super().__init__(step)
        self.step, self.tail = step, tail


@dataclass(frozen=True)
class Pip:
    python: Path
    folder: Path
    log: Path

    def install(self, step: str, arguments: Sequence[str], before_change: Callable[[], None]) -> None:
        """``before_change`` is called when the first package is about to be written. Raises PipFailed."""
        command = [
            str(self.python),
            "-m",
            "pip",
            "install",
            "--no-input",
            "--progress-bar",
            "off",
            *arguments,
        ]
        environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                tail = self._follow(process, Progress(step), before_change)
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            raise PipFailed(step, "\n".join(f"  {line}" for line in tail[-8:]))

    def _follow(
        self, process: subprocess.Popen[str], progress: "Progress", before_change: Callable[[], None]
    ) -> list[str]:
        lines = _lines_of(process)
        tail: list[str] = []
        with self.log.open("a", encoding="utf-8") as log:
            while True:
                try:
                    line = lines.get(timeout=1.0)
                except queue.Empty:
                    progress.tick()
                    continue
                if line is None:
                    return tail
                log.write(line)
                tail = [*tail[-30:], line.rstrip()]
                if line.startswith(_CHANGES):
                    before_change()
                progress.read(line)


class Progress:
    """On a terminal one line that is rewritten; elsewhere a line for every big download and one per PATIENCE_S."""

    def __init__(self, step: str) -> None:
        self._step, self._working_on = step, "starting pip"
        self._began = self._spoke = time.monotonic()
        self._terminal = sys.stdout.isatty()
        self._say()

    def read(self, line: str) -> None:
        if found := _DOWNLOAD.match(line):
            size = f" ({found[2]})" if found[2] else ""
            self._work_on(f"downloading {found[1]}{size}", aloud="MB" in size and len(found[2]) > 6)
        elif found := _COLLECT.match(line):
            self._work_on(f"looking at {found[1]}")
        elif line.startswith(_CHANGES):
            self._work_on(f"writing {line.count(',') + 1} packages", aloud=True)
        elif line.startswith("Successfully installed"):
            self._work_on("done", aloud=True)
            if self._terminal:
                print()

    def tick(self) -> None:
        if self._terminal or time.monotonic() - self._spoke > PATIENCE_S:
            self._say()

    def _work_on(self, what: str, aloud: bool = False) -> None:
        self._working_on = what
        if self._terminal or aloud:
            self._say()

    def _say(self) -> None:
        self._spoke = time.monotonic()
        text = f"{self._spoke - self._began:5.0f} s  {self._step}: {self._working_on}"
        print(
            f"\r{text[:100]:<100}" if self._terminal else text, end="" if self._terminal else "\n", flush=True
        )


def _lines_of(process: subprocess.Popen[str]) -> "queue.SimpleQueue[str | None]":
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        assert process.stdout
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    return lines
