"""Several files, notebooks and hints on their way through the judge."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.errors import BadExercise
from grader.exercise import read_exercise
from grader.judge import grade
from grader.messages import explain
from grader.report import GradingReport, Message, Verdict
from grader.sandbox import Zygote
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import RIGHT, gradable, job, write_exercise

#: a top-level key must stand before the tables that `write_exercise` makes
FORBIDDEN = 'forbidden = ["numpy.add", "sum"]\n'


def graded(
    folder: Path, source: str, modules: Mapping[str, str] | None = None, sandbox: object = None
) -> GradingReport:
    exercise = gradable(folder)
    asked = dataclasses.replace(job(exercise.exercise, source), modules=modules or {})
    return grade(sandbox or FakeSandbox(), exercise, asked)  # type: ignore[arg-type]


def forbidding(folder: Path) -> Path:
    path = write_exercise(folder) / "exercise.toml"
    path.write_text(FORBIDDEN + path.read_text())
    return path.parent


def test_hints_never_change_a_mark(tmp_path: Path) -> None:
    plain = graded(tmp_path, RIGHT)
    hinted = graded(tmp_path, RIGHT + "# \u202e\n", {"numpy": "x = 1\n"})

    assert [notice.key for notice in hinted.notices] == ["review_invisible", "review_like_library"]
    assert (hinted.score, hinted.max_score) == (plain.score, plain.max_score) == (3.0, 3.0)
    assert plain.notices == ()
    assert GradingReport.from_message(hinted.to_message()) == hinted


def test_what_an_exercise_forbids_is_pointed_out_and_still_full_marks(tmp_path: Path) -> None:
    folder = forbidding(tmp_path)
    exercise = read_exercise(folder)
    assert exercise.forbidden == ("numpy.add", "sum")
    assert exercise.version != read_exercise(write_exercise(tmp_path / "other")).version


@pytest.mark.parametrize("value", ['"numpy"', "[1]", '["numpy fft"]', '["numpy."]', '[""]'])
def test_an_author_is_told_how_forbidden_names_are_written(tmp_path: Path, value: str) -> None:
    path = write_exercise(tmp_path) / "exercise.toml"
    path.write_text(f"forbidden = {value}\n" + path.read_text())

    with pytest.raises(BadExercise, match="list of names"):
        read_exercise(path.parent)


def test_the_limit_is_of_all_files_together(tmp_path: Path) -> None:
    half = "# " + "x" * (33 << 10) + "\n"
    report = graded(tmp_path, RIGHT + half, {"helper": half})

    assert report.load_error is not None
    assert report.load_error.key == "source_too_long"
    assert graded(tmp_path, RIGHT + half).load_error is None


def test_a_null_character_in_any_file_is_refused(tmp_path: Path) -> None:
    assert graded(tmp_path, RIGHT, {"helper": "\0"}).load_error == Message(key="source_not_text")


@pytest.mark.sandbox
def test_an_error_of_a_further_file_names_it_in_both_languages(tmp_path: Path) -> None:
    helper = "def double(n):\n    return n // 0\n"
    with Zygote("B") as zygote:
        while_loading = graded(tmp_path, "import helper\n", {"helper": "\nx = {}['a']\n"}, zygote).load_error
        syntax = graded(tmp_path, "import helper\n", {"helper": "\n\ndef f(\n"}, zygote).load_error
        report = graded(tmp_path, "from helper import double\n", {"helper": helper}, zygote)
        right = graded(tmp_path, "from pack.helper import double\n", {"pack.helper": RIGHT}, zygote)

    assert while_loading is not None
    assert syntax is not None
    assert "line 2 of helper.py" in explain(while_loading, "en")
    assert "line 3 of helper.py" in explain(syntax, "en")
    assert report.checks[0].verdict is Verdict.ERROR
    assert report.checks[0].message is not None
    assert "na linha 2 de helper.py" in explain(report.checks[0].message, "pt-br")
    assert right.score == right.max_score
