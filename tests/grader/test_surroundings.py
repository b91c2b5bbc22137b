"""What is recorded with a mark besides the mark."""

import platform
from pathlib import Path

import numpy as np

from grader.judge import grade
from grader.surroundings import cpu_model, versions
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import RIGHT, gradable, job


def test_a_report_names_the_libraries_and_the_processor(tmp_path: Path) -> None:
    exercise = gradable(tmp_path)

    report = grade(FakeSandbox(), exercise, job(exercise.exercise, RIGHT))

    assert report.versions["numpy"] == np.__version__
    assert report.versions["python"] == platform.python_version()
    assert platform.machine() in report.cpu_model


def test_the_libraries_inside_the_sandbox_go_before_the_judges_own() -> None:
    found = versions({"numpy": "1.0", "torch": "2.13", "python": platform.python_version()})

    assert found["numpy"] == "1.0"
    assert found["numpy (judge)"] == np.__version__
    assert found["torch"] == "2.13"
    assert "python (judge)" not in found


def test_a_processor_is_named_as_the_kernel_names_it(tmp_path: Path) -> None:
    info = tmp_path / "cpuinfo"
    info.write_text("processor\t: 0\nmodel name\t: A very fast one @ 9 GHz\nmodel name\t: another\n")

    assert cpu_model(info) == f"A very fast one @ 9 GHz ({platform.machine()})"
    assert cpu_model(tmp_path / "missing") == platform.machine()
