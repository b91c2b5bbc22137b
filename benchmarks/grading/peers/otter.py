"""Otter-Grader: `otter run`, its way to grade one notebook without a container, on an autograder of its own making."""

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.grading.cases import Case
from benchmarks.grading.peers.environment import Environment
from benchmarks.grading.peers.notebooks import code_cell, write_notebook

TEST = """\
from otter.test_files import test_case
from benchmarks.grading.peers.in_process import passes

OK_FORMAT = False
name = {name!r}
points = {points!r}


@test_case()
def check(env):
    assert passes({slug!r}, {name!r}, env, {inputs_file!r})
"""


@dataclass(frozen=True)
class Otter:
    environment: Environment
    name: str = "otter-grader"

    def course(self, case: Case, folder: Path) -> "OtterCourse":
        inputs_file = folder / "inputs.pickle"
        case.write_inputs(inputs_file)
        (folder / "tests").mkdir()
        for check in case.gradable.checks:
            text = TEST.format(
                name=check.info.name, points=check.info.points, slug=case.slug, inputs_file=str(inputs_file)
            )
            (folder / "tests" / f"{check.info.name}.py").write_text(text)
        options = ("--no-environment", "--no-requirements", "--no-config", "-o", "autograder.zip")
        self.environment.run("otter", "generate", "-t", "tests", *options, cwd=folder)
        return OtterCourse(self.environment, folder)


@dataclass(frozen=True)
class OtterCourse:
    environment: Environment
    folder: Path

    def shares(self, sources: list[Path]) -> list[float]:
        return [self._share(source) for source in sources]

    def _share(self, source: Path) -> float:
        write_notebook(self.folder / "submission.ipynb", [code_cell(0, source.read_text(encoding="utf-8"))])
        command = ("otter", "run", "-a", "autograder.zip", "submission.ipynb")
        self.environment.run(*command, cwd=self.folder)
        tests = json.loads((self.folder / "results.json").read_text())["tests"]
        scored = [test for test in tests if "max_score" in test]
        return float(sum(test["score"] for test in scored) / sum(test["max_score"] for test in scored))
