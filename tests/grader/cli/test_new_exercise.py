"""What `prova new-exercise` makes is proved as the shipped exercises are."""

import doctest
import re
from pathlib import Path

import numpy as np
import pytest

from grader.cli.command_line import main
from grader.exercise import LANGUAGES, read_exercise
from grader.local import prove_here


@pytest.fixture
def made(tmp_path: Path) -> Path:
    assert main(["new-exercise", "my-first-one", "--folder", str(tmp_path)]) == 0
    return tmp_path / "my-first-one"


@pytest.mark.sandbox
def test_a_new_exercise_proves_as_it_stands(made: Path) -> None:
    lines: list[str] = []
    proof = prove_here(read_exercise(made), print_line=lines.append)
    assert proof.holds, "\n".join(lines)
    assert proof.mutation_score == 1
    assert len(list((made / "solutions").glob("*.py"))) >= 3


def test_each_of_its_named_mistakes_is_made_by_a_mutant(made: Path) -> None:
    slips = {key for key in read_exercise(made).messages if not key.startswith("checks.")}
    first_lines = [file.read_text().splitlines()[0] for file in (made / "mutants").glob("*.py")]
    assert slips == {slip for line in first_lines for slip in re.findall(r"\[(\w+)\]", line)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_its_statement_is_true(made: Path, language: str) -> None:
    solution: dict[str, object] = {"np": np}
    exec((made / "solutions" / "plain_loops.py").read_text(), solution)  # noqa: S102  (ours)
    text = (made / f"statement.{language}.md").read_text()
    test = doctest.DocTestParser().get_doctest(text.replace("```", ""), solution, "statement", None, 0)
    assert test.examples
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_it_has_no_leftovers_of_running(made: Path) -> None:
    assert not list(made.rglob("__pycache__"))


@pytest.mark.parametrize("name", ["Row Norms", "../evil", "linhas-é", "-x", "a--b", ""])
def test_a_name_that_is_no_slug_makes_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new-exercise", "--folder", str(tmp_path), "--language", "en", "--", name]) == 2
    assert "small letters, digits and single hyphens" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_what_is_there_is_left_alone(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made / "checks.py").write_text("mine")
    assert main(["new-exercise", made.name, "--folder", str(made.parent), "--language", "pt-br"]) == 2
    assert "já existe" in capsys.readouterr().err
    assert (made / "checks.py").read_text() == "mine"
