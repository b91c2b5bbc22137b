from pathlib import Path

import pytest

from grader.errors import BadExercise
from grader.exercise import content_hash, find_exercises, read_exercise
from tests.grader.packages import DOUBLING, HEAD, write_exercise


def test_an_exercise_is_read_from_its_folder(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path))

    assert exercise.slug == "doubling"
    assert exercise.titles == {"en": "Doubling", "pt-br": "Dobrar"}
    assert [(check.name, check.points, check.visible) for check in exercise.checks] == [
        ("doubles", 2.0, True),
        ("doubles_unseen_numbers", 1.0, False),
    ]
    assert exercise.max_score == 3.0
    assert exercise.check_title("doubles", "pt-BR") == "doubles (pt)"
    assert exercise.functions[0].signature == "double(n: int) -> int"
    assert exercise.support is None


def test_reading_runs_nothing(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path, checks="raise SystemExit('run')\n" + DOUBLING)

    assert len(read_exercise(folder).checks) == 2


@pytest.mark.parametrize(
    "name", ["exercise.toml", "checks.py", "messages.toml", "statement.en.md", "starter.py", "support.py"]
)
def test_whatever_a_learner_or_the_judge_sees_makes_another_version(tmp_path: Path, name: str) -> None:
    folder = write_exercise(tmp_path, support="x = 1\n")
    before = content_hash(folder)

    (folder / name).write_text((folder / name).read_text() + "\n# changed\n")

    assert content_hash(folder) != before


def test_solutions_mutants_and_line_endings_do_not_make_another_version(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path)
    before = content_hash(folder)

    (folder / "mutants").mkdir()
    (folder / "mutants" / "new.py").write_text("# fails: doubles\n")
    (folder / "checks.py").write_bytes((folder / "checks.py").read_bytes().replace(b"\n", b"\r\n"))

    assert content_hash(folder) == before


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("exercise.toml", None, "not found"),
        ("statement.pt-br.md", None, "not found"),
        ("checks.py", None, "not found"),
        ("exercise.toml", "title = ", "not valid TOML"),
        ("exercise.toml", '[title]\nen = "x"\n', "no text for pt-br"),
        ("exercise.toml", 'colour = "red"\n', "colour: not known"),
        ("checks.py", "def broken(:\n", "not Python"),
        ("checks.py", "x = 1\n", "has no check"),
        ("checks.py", HEAD + "@check\ndef f(solution): pass\n", "with brackets"),
        ("checks.py", HEAD + "@check(points=0)\ndef f(solution): pass\n", "above zero"),
        ("checks.py", HEAD + "@check(points=1, secret=True)\ndef f(solution): pass\n", "no option 'secret'"),
        ("checks.py", HEAD + "@check(points=1, examples=0)\ndef f(solution): pass\n", "whole number above zero"),
        ("checks.py", HEAD + "@check(points=2 * N)\ndef f(solution): pass\n", "plain value"),
        ("checks.py", HEAD + "@check(points=1, depends_on='g')\ndef f(solution): pass\n", "not a check above it"),
        ("checks.py", HEAD + "@check(points=1)\ndef f(solution): pass\n" * 2, "there twice"),
        ("checks.py", HEAD + "@check(points=1)\ndef untitled(solution): pass\n", "add a table [checks.untitled]"),
        ("messages.toml", "[slip.x]\n", "slip: not known"),
    ],
)  # fmt: skip
def test_the_author_is_told_which_file_is_wrong_and_what_to_do(
    tmp_path: Path, name: str, text: str | None, says: str
) -> None:
    folder = write_exercise(tmp_path)
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text)

    with pytest.raises(BadExercise) as caught:
        read_exercise(folder)

    assert says in str(caught.value)
    assert str(folder) in str(caught.value)


def test_limits_are_positive_numbers_with_known_names(tmp_path: Path) -> None:
    good = read_exercise(write_exercise(tmp_path / "a", toml="[limits]\ncall_cpu_s = 0.5\n"))
    assert good.limits.call_cpu_s == 0.5

    for toml in ("[limits]\ncall_cpu_s = -1\n", "[limits]\nspeed = 1\n", "[limits]\ncall_cpu_s = true\n"):
        with pytest.raises(BadExercise, match="limits"):
            read_exercise(write_exercise(tmp_path / "b", toml=toml))


def test_every_exercise_of_the_bank_can_be_read() -> None:
    exercises = [read_exercise(folder) for folder in find_exercises()]

    assert "affine-quantization" in {exercise.slug for exercise in exercises}
