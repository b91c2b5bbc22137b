import re
from pathlib import Path

import pytest

from grader.errors import BadExercise
from grader.exercise import (
    LONGEST_GRADING_S,
    SESSION_END_WALL_S,
    ExerciseLimits,
    content_hash,
    find_exercises,
    read_exercise,
    worst_case_wall_s,
)
from grader.sandbox import session
from tests.grader.packages import DOUBLING, HEAD, write_exercise

REPOSITORY = Path(__file__).parents[2]
HIDDEN_BELOW = (
    "@check(points=1, visible=False)\ndef f(solution): pass\n"
    "@check(points=1, depends_on='f')\ndef g(solution): pass\n"
)


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


def test_the_data_of_checks_make_another_version(tmp_path: Path) -> None:
    folder = write_exercise(tmp_path)
    before = content_hash(folder)

    (folder / "data.npz").write_bytes(b"PK")

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
        ("checks.py", HEAD + HIDDEN_BELOW, "runs later"),
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


def with_first_line(folder: Path, line: str) -> Path:
    """Keys of the whole file stand above its tables."""
    folder = write_exercise(folder)
    (folder / "exercise.toml").write_text(line + "\n" + (folder / "exercise.toml").read_text())
    return folder


def test_prerequisites_are_slugs_of_other_exercises(tmp_path: Path) -> None:
    assert read_exercise(write_exercise(tmp_path / "none")).prerequisites == ()

    exercise = read_exercise(with_first_line(tmp_path, 'prerequisites = ["counting", "k-means-2"]'))

    assert exercise.prerequisites == ("counting", "k-means-2")


@pytest.mark.parametrize(
    "slugs", ['"counting"', "[1]", '["../counting"]', '["Counting"]', '[""]', '["a\\n"]']
)
def test_prerequisites_of_another_form_are_refused(tmp_path: Path, slugs: str) -> None:
    with pytest.raises(BadExercise, match="must be a list of folders"):
        read_exercise(with_first_line(tmp_path, f"prerequisites = {slugs}"))


@pytest.mark.parametrize("slugs", ['["doubling"]', '["a", "a"]'])
def test_no_exercise_is_its_own_prerequisite_and_none_is_named_twice(tmp_path: Path, slugs: str) -> None:
    with pytest.raises(BadExercise, match="Take it out"):
        read_exercise(with_first_line(tmp_path, f"prerequisites = {slugs}"))


@pytest.mark.parametrize("level", ['"beginner"', "3", '["advanced"]'])
def test_a_level_is_one_of_three(tmp_path: Path, level: str) -> None:
    with pytest.raises(BadExercise, match="introductory, intermediate, advanced"):
        read_exercise(with_first_line(tmp_path, f"level = {level}"))


def default_leases_s() -> list[int]:
    """Of the site's settings and of the deployment with containers."""
    places = {
        "platform/prova/settings.py": r'"GRADING_LEASE_S", (\d+)',
        "docker-compose.yml": r"GRADING_LEASE_S:-(\d+)",
    }
    return [
        int(found)
        for file, pattern in places.items()
        for found in re.findall(pattern, (REPOSITORY / file).read_text(encoding="utf-8"))
    ]


def test_a_worker_is_not_given_up_for_lost_while_it_grades_one_file_and_keeps_another_waiting() -> None:
    leases_s = default_leases_s()

    assert len(leases_s) == 2
    assert min(leases_s) >= 2 * LONGEST_GRADING_S
    for limits in (ExerciseLimits(), *(read_exercise(folder).limits for folder in find_exercises())):
        assert worst_case_wall_s(limits) < LONGEST_GRADING_S


def test_the_worst_case_knows_how_long_the_sandbox_waits() -> None:
    assert session.ENDING_WAIT_S + session.REPORT_WAIT_S < SESSION_END_WALL_S


@pytest.mark.parametrize("toml", ["total_wall_s = 50", "call_wall_s = 30"])
def test_an_exercise_whose_grading_may_outlast_the_lease_is_refused(tmp_path: Path, toml: str) -> None:
    with pytest.raises(BadExercise, match="Lower total_wall_s or call_wall_s"):
        read_exercise(write_exercise(tmp_path, toml=f"[limits]\n{toml}\n"))


def test_every_exercise_of_the_bank_can_be_read() -> None:
    exercises = [read_exercise(folder) for folder in find_exercises()]

    assert "affine-quantization" in {exercise.slug for exercise in exercises}
