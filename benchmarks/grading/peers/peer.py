"""What the benchmark asks of a peer."""

from pathlib import Path
from typing import Protocol

from benchmarks.grading.cases import Case


class Course(Protocol):
    """A peer made ready for one case, in a folder of its own."""

    def shares(self, sources: list[Path]) -> list[float]:
        """Grade the files one after the other: the share of the points of each, 0 ... 1."""


class Peer(Protocol):
    @property
    def name(self) -> str: ...

    def course(self, case: Case, folder: Path) -> Course:
        """`folder` is empty."""
