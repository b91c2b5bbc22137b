import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from grader.__main__ import EXIT_CANNOT, EXIT_DONE, EXIT_NOT_FULL_MARKS, main
from grader.exercise import EXERCISES_FOLDER
from grader.judge import failed_report, grade
from grader.report import CheckResult, GradingReport, Message, Verdict
from grader.report_texts import ReportTexts
from grader.terminal import check_lines, print_report
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import RIGHT, gradable, job, write_exercise

AFFINE = EXERCISES_FOLDER / "affine-quantization"
SQUARED = "def double(n):\n    print('here')\n    return n * n\n"


def printed(folder: Path, source: str, language: str) -> str:
    exercise = gradable(folder)
    report = grade(FakeSandbox(), exercise, job(exercise.exercise, source), profile="B")
    out = StringIO()
    print_report(report, exercise.exercise, language, Console(file=out, width=200, color_system=None))
    return out.getvalue()


def test_a_report_shows_points_the_sentence_the_call_and_both_values(tmp_path: Path) -> None:
    text = printed(tmp_path, SQUARED, "en")

    assert "✗ failed  doubles (en)  (0 of 2 points)" in text
    assert "    Squared." in text
    assert "double(1)  → 1" in text
    assert "got: 1" in text
    assert "expected: 2" in text
    assert "Your code printed:" in text
    assert "Score: 0 of 3" in text


def test_a_report_speaks_portuguese(tmp_path: Path) -> None:
    text = printed(tmp_path, SQUARED, "pt-br")

    assert "✗ falhou  doubles (pt)  (0 de 2 pontos)" in text
    assert "Ao quadrado." in text
    assert "entradas ocultas" in text
    assert "Nota: 0 de 3" in text


def test_a_file_that_does_not_load_is_said_once(tmp_path: Path) -> None:
    text = printed(tmp_path, "def double(n)\n", "en")

    assert text.count("Python cannot read your file") == 1
    assert "not run" not in text


def test_a_missing_function_is_said_once_and_then_short(tmp_path: Path) -> None:
    text = printed(tmp_path, "def other():\n    pass\n", "en")

    assert text.count("There is no function “double” in your file.") == 1


def test_what_is_right_given_another_mistake_says_so_in_its_heading_as_on_the_page() -> None:
    titles = {"checks.a": {"en": "A", "pt-br": "Á"}, "checks.b": {"en": "B", "pt-br": "Bê"}}
    told = Message(key="carried", params={"check": "a"})
    carried = CheckResult(
        name="b", points=1, max_points=1, verdict=Verdict.CARRIED, visible=True, message=told
    )
    texts = ReportTexts(titles={"en": "T"}, messages=titles)
    out = StringIO()
    for line in check_lines(carried, texts, "pt-br"):
        Console(file=out, width=200, color_system=None).print(line)

    assert out.getvalue().startswith("✓ certo, dado outro erro  Bê  (1 de 1 pontos)")
    assert "“Á”" in out.getvalue()


def test_what_a_learner_writes_is_not_taken_for_markup(tmp_path: Path) -> None:
    text = printed(tmp_path, "def double(n):\n    raise ValueError('[bold]x[/bold] [/]')\n", "en")

    assert "[bold]x[/bold] [/]" in text


def test_a_failure_of_ours_is_printed_as_such(tmp_path: Path) -> None:
    exercise = gradable(tmp_path).exercise
    out = StringIO()

    print_report(
        failed_report(job(exercise, RIGHT), "the sandbox died"), exercise, "en", Console(file=out, width=99)
    )

    assert "the sandbox died" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "no-such-exercise", "x.py"], "There are: affine-quantization"),
        (["prove", "no-such-exercise"], "There are: affine-quantization"),
        (["run", "affine-quantization", "no-such-file.py"], "Give the path of the file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(arguments) == EXIT_CANNOT
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_text_is_the_learners_turn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.py").write_bytes(b"\xff\xfe\x00")

    assert main(["run", "affine-quantization", str(tmp_path / "x.py")]) == EXIT_CANNOT
    assert "UTF-8" in capsys.readouterr().err


def test_a_broken_exercise_is_the_authors_turn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_exercise(tmp_path)
    (folder / "messages.toml").write_text("")

    assert main(["--exercises", str(tmp_path), "run", "doubling", str(folder / "starter.py")]) == EXIT_CANNOT
    assert "messages.toml: add a table [checks.doubles]" in capsys.readouterr().err


@pytest.mark.sandbox
def test_a_right_file_gets_full_marks_in_the_sandbox(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "affine-quantization", str(AFFINE / "solutions" / "whole_arrays.py")]) == EXIT_DONE
    assert "Score: 20 of 20" in capsys.readouterr().out


@pytest.mark.sandbox
def test_the_report_can_be_had_as_the_message_that_the_site_gets(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = AFFINE / "mutants" / "divides_by_levels.py"

    assert main(["run", "affine-quantization", str(wrong), "--json", "--seed", "4"]) == EXIT_NOT_FULL_MARKS
    report = GradingReport.from_message(json.loads(capsys.readouterr().out))
    assert report.checks[0].slip == "counts_levels_not_steps"


@pytest.mark.sandbox
def test_an_exercise_is_proved_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_exercise(
        tmp_path,
        solutions__a=RIGHT,
        solutions__b="def double(n): return 2 * n\n",
        solutions__c="def double(n): return sum([n, n])\n",
        mutants__squares="# fails: doubles[squared]\ndef double(n): return n * n\n",
        mutants__right="# fails: doubles\n" + RIGHT,
    )

    assert main(["--exercises", str(tmp_path), "prove", "--all"]) == EXIT_NOT_FULL_MARKS
    text = capsys.readouterr().out
    assert "mutation score 50% (1 of 2 killed)" in text
    assert "passes doubles" in text
    assert "NOT proved" in text


def packed(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.mark.sandbox
def test_several_files_are_graded_and_an_error_names_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_exercise(tmp_path)
    files = {"hw/submission.py": "from helper import double\n", "hw/notes.txt": "x", "hw/json.py": "x = 1\n"}
    right = packed(tmp_path / "a.zip", files | {"hw/helper.py": RIGHT})
    wrong = packed(
        tmp_path / "b.zip", files | {"hw/helper.py": "import math\ndef double(n):\n    return n.no\n"}
    )
    run = ["--exercises", str(folder.parent), "run", folder.name]

    assert main([*run, str(right)]) == EXIT_DONE
    text = capsys.readouterr().out
    assert "only .py files are read from an archive: notes.txt" in text.replace("\n", " ")
    assert "json.py has the name of a library" in text

    assert main([*run, str(wrong), "--language", "pt-br"]) == EXIT_NOT_FULL_MARKS
    assert "na linha 3 de helper.py" in capsys.readouterr().out


@pytest.mark.sandbox
def test_a_notebook_is_graded_and_an_error_names_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_exercise(tmp_path)
    cells = [
        {"cell_type": "code", "source": text} for text in ("%matplotlib inline", "import math\nmath.no\n")
    ]
    notebook = tmp_path / "hw.ipynb"
    notebook.write_text(json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}))

    assert main(["--exercises", str(folder.parent), "run", folder.name, str(notebook)]) == EXIT_NOT_FULL_MARKS
    text = capsys.readouterr().out
    assert "in line 2 of code cell 2 while" in text
    assert "became comments" in text


def test_a_refused_upload_is_explained_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = packed(tmp_path / "a.zip", {"../evil.py": "x"})

    assert main(["run", "affine-quantization", str(archive), "--language", "pt-br"]) == EXIT_CANNOT
    assert "“../evil.py”, que leva para fora" in capsys.readouterr().err
