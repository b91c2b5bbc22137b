"""nbgrader: `nbgrader autograde` over a class, which runs each notebook in a kernel; marks are read from its gradebook."""

import json
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.grading.cases import Case
from benchmarks.grading.peers.environment import Environment
from benchmarks.grading.peers.notebooks import Cell, code_cell, write_notebook

CHECK = """\
from benchmarks.grading.peers.in_process import passes
assert passes({slug!r}, {name!r}, globals(), {inputs_file!r})
"""
SHARES = """\
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as gradebook:
    print(json.dumps({s.student.id: s.score / s.max_score for s in gradebook.assignment_submissions("work")}))
"""
_numbers = count()


@dataclass(frozen=True)
class Nbgrader:
    environment: Environment
    name: str = "nbgrader"

    def course(self, case: Case, folder: Path) -> "NbgraderCourse":
        inputs_file = folder / "inputs.pickle"
        case.write_inputs(inputs_file)
        checks = [
            code_cell(
                number,
                CHECK.format(slug=case.slug, name=check.info.name, inputs_file=str(inputs_file)),
                _graded(check.info.name, check.info.points),
            )
            for number, check in enumerate(case.gradable.checks, start=1)
        ]
        course = NbgraderCourse(self.environment, folder, checks)
        write_notebook(folder / "source" / "work" / "submission.ipynb", course.cells("# your code"))
        self.environment.run("nbgrader", "generate_assignment", "work", "--create", cwd=folder)
        return course


@dataclass(frozen=True)
class NbgraderCourse:
    environment: Environment
    folder: Path
    checks: list[Cell]

    def cells(self, source: str) -> list[Cell]:
        return [code_cell(0, source, _solution()), *self.checks]

    def shares(self, sources: list[Path]) -> list[float]:
        """All in one run, as a teacher would."""
        shutil.rmtree(self.folder / "submitted", ignore_errors=True)
        learners = [f"learner{next(_numbers)}" for _ in sources]
        for learner, source in zip(learners, sources, strict=True):
            file = self.folder / "submitted" / learner / "work" / "submission.ipynb"
            write_notebook(file, self.cells(source.read_text(encoding="utf-8")))
        self.environment.run("nbgrader", "autograde", "work", "--create", cwd=self.folder)
        found = json.loads(self.environment.run("python", "-c", SHARES, cwd=self.folder))
        return [found[learner] for learner in learners]


def _graded(name: str, points: float) -> dict[str, object]:
    return {"nbgrader": _common(name, solution=False) | {"grade": True, "locked": True, "points": points}}


def _solution() -> dict[str, object]:
    return {"nbgrader": _common("solution", solution=True) | {"grade": False, "locked": False}}


def _common(name: str, *, solution: bool) -> dict[str, object]:
    return {"schema_version": 3, "grade_id": name, "solution": solution, "task": False}
