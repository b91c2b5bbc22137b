"""A fresh process per submission: start Python, import the libraries, load the file, run the checks in the same process."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.grading.cases import Case

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class ColdProcess:
    name: str = "cold process"

    def course(self, case: Case, folder: Path) -> "ColdCourse":
        case.write_inputs(folder / "inputs.pickle")
        return ColdCourse(case.slug, folder / "inputs.pickle")


@dataclass(frozen=True)
class ColdCourse:
    slug: str
    inputs_file: Path

    def shares(self, sources: list[Path]) -> list[float]:
        program = [sys.executable, "-m", "benchmarks.grading.peers.in_process", self.slug]
        return [
            float(
                subprocess.run(
                    [*program, str(source), str(self.inputs_file)],
                    check=True,
                    capture_output=True,
                    text=True,
                    cwd=ROOT,
                ).stdout.splitlines()[-1]
            )
            for source in sources
        ]
