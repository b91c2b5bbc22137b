"""Drawing of authors' own programs for commands: a process beside this one that has the sandbox, and answers line by line.

A command is trusted and must not run such a program in its own process; `python -m grader draw` does it for it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from questionbank.definition import QuestionDefinition
from questionbank.draw_problem import CannotDraw, DrawProblem
from questionbank.variant import Variant

_ROOT = Path(__file__).resolve().parent.parent


class DrawingFailed(RuntimeError):
    """The operator's turn: the process beside this one did not answer. Try again; look at what it printed."""


class DrawingProcess:
    """Started when there is something to draw, and ended with the `with` block. Used by one thread."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def draw(self, question: QuestionDefinition, seed: str) -> tuple[Variant, ...]:
        """CannotDraw: the author's turn, or the operator's where this machine has no sandbox. DrawingFailed."""
        job = {"request_id": 0, "nonce": "", "question": question.to_json(), "seed": seed}
        report = self._ask(job)
        if report.get("problem"):
            raise CannotDraw.of(DrawProblem.from_json(report["problem"]))
        if report.get("outcome") != "drawn":
            raise DrawingFailed(f"{question.id}: {report.get('failure')}")
        return tuple(Variant.from_json(variant) for variant in report["variants"])

    def _ask(self, job: dict[str, Any]) -> dict[str, Any]:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise DrawingFailed(
                "the process that draws ended without an answer; `python -m grader doctor` may say why"
            )
        report: dict[str, Any] = json.loads(answer)
        return report

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "grader", "draw"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                cwd=_ROOT,
            )
        return self._process

    def close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.communicate()  # the end of its input ends it

    def __enter__(self) -> DrawingProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
