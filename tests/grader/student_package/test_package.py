"""What a student gets: everything that is needed, and nothing that gives hidden checks away."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks import load_checks
from grader.errors import BadExercise
from grader.exercise import Exercise, find_exercises, read_exercise
from grader.student_package.left_out import INFO_FILE, PackageInfo
from grader.student_package.package import FILES, as_zip, package_files
from grader.student_package.visible_source import races, texts_in

CHECKS = '''"""Tells of the secret range."""
from pathlib import Path
import numpy as np
from grader import expect
from grader.checks import check, given
from grader.strategies import integers, lists

with np.load(Path(__file__).with_name("data.npz")) as DATA:
    SHOWN = DATA["shown"]
    LAYERS = [DATA[f"layer{n}"] for n in range(1)]
SECRET_RANGE = (97, 99)  # nobody may know
with np.load(Path(__file__).with_name("data.npz")) as DATA_TOO:
    KEPT_BACK = DATA_TOO["kept_back"], [DATA_TOO[f"unseen.{n}"] for n in range(1)]


def right(x):
    return x + 1  # one more


def secret_helper(x):
    return right(x) * 2


def faster(solution):
    return solution.race("f", None, None)


@check(points=2)
@given(x=integers(0, 9))
def one_is_added(solution, x):
    expect.equal(solution.f(x), right(x) + 0 * SHOWN[0] * len(LAYERS), slips={"adds_two": x + 2})


@check(points=1, depends_on="one_is_added", curve=[(1, 1), (2, 0)])
def it_is_fast(solution):
    expect.metric(faster(solution))


@check(points=1, depends_on=("one_is_added", "it_is_fast"))
def nothing_else_happens(solution):
    expect.equal(solution.f(1), 2, slips={"adds_two": 3})


# ---- the trap
@check(points=1, visible=False)
@given(x=lists(integers(*SECRET_RANGE)))
def large_lists(solution, x):
    expect.equal(solution.f(x), secret_helper(x) + KEPT_BACK, slips={"forgets_the_trap": 3})
'''

MESSAGES = "".join(
    f'[{name}]\nen = "{text}"\npt-br = "{text}"\n# comment on {name}\n'
    for name, text in {
        "checks.one_is_added": "One is added",
        "checks.it_is_fast": "It is fast",
        "checks.nothing_else_happens": "Nothing else happens",
        "checks.large_lists": "Large lists",
        "slips.adds_two": "You added two.",
        "slips.forgets_the_trap": "You forgot the trap.",
    }.items()
)

ABOUT = """topics = []
[title]
en = "Plus one"
pt-br = "Mais um"
[summary]
en = "s"
pt-br = "s"
[[functions]]
name = "f"
signature = "f(x)"
[leaderboard]
check = "it_is_fast"
[limits]
memory_mib = 64
"""


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    folder = tmp_path / "plus-one"
    (folder / "solutions").mkdir(parents=True)
    texts = {"checks.py": CHECKS, "messages.toml": MESSAGES, "exercise.toml": ABOUT}
    texts |= {"starter.py": "def f(x): ...\n", "baseline.py": "def f(x): return x + 1\n"}
    texts |= {"statement.en.md": "Add one.", "statement.pt-br.md": "Some um."}
    texts |= {"solutions/plain.py": "def f(x): return x + 1\n"}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    arrays: dict[str, Any] = {"shown": np.zeros(2), "kept_back": np.ones(3)}
    np.savez(folder / "data.npz", **arrays | {"layer0": np.ones(1), "unseen.0": np.ones(4)})
    return read_exercise(folder)


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    folder.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(as_zip(files))) as archive:
        archive.extractall(folder)
    return folder


def test_nothing_of_hidden_checks_is_in_any_file(exercise: Exercise) -> None:
    files = package_files(exercise)
    for text in ("SECRET_RANGE", "secret_helper", "97", "trap", "nobody may know", "KEPT_BACK", "lists("):
        assert not [name for name, content in files.items() if text.encode() in content], text
    # the title, which the site's page shows as well
    assert [name for name, content in files.items() if b"large_lists" in content] == [INFO_FILE]


def test_solutions_mutants_and_the_baseline_stay(exercise: Exercise) -> None:
    assert set(package_files(exercise)) == set(FILES) - {"support.py"}


def test_of_the_data_only_what_visible_checks_read_is_given(exercise: Exercise) -> None:
    with np.load(io.BytesIO(package_files(exercise)["data.npz"])) as data:
        assert list(data) == ["shown", "layer0"]


def test_what_is_measured_against_the_baseline_is_left_to_the_site(exercise: Exercise) -> None:
    assert races(CHECKS) == {"it_is_fast"}
    info = PackageInfo.from_json(package_files(exercise)[INFO_FILE].decode())
    assert [(one.name, one.hidden, one.points) for one in info.left_out] == [
        ("it_is_fast", False, 1.0),
        ("large_lists", True, 1.0),
    ]
    assert info.version == exercise.version


def test_what_is_left_is_an_exercise_whose_checks_load(exercise: Exercise, tmp_path: Path) -> None:
    folder = unpacked(package_files(exercise), tmp_path / "got" / "plus-one")
    got = read_exercise(folder)
    assert [check.name for check in got.checks] == ["one_is_added", "nothing_else_happens"]
    assert got.checks[1].depends_on == ("one_is_added",)
    assert len(load_checks(got)) == 2
    assert b"# one more" in (folder / "checks.py").read_bytes()  # what is visible is left as it was written


def test_the_same_exercise_gives_the_same_bytes(exercise: Exercise) -> None:
    assert as_zip(package_files(exercise)) == as_zip(package_files(exercise))


def test_an_exercise_of_hidden_checks_only_has_no_package(exercise: Exercise) -> None:
    path = exercise.folder / "checks.py"
    start = CHECKS.index("@check(points=2)")
    path.write_text(CHECKS[:start] + CHECKS[CHECKS.index("# ---- the trap") :], encoding="utf-8")
    titles = MESSAGES[MESSAGES.index("[checks.large_lists]") :]
    (exercise.folder / "messages.toml").write_text(titles, encoding="utf-8")
    (exercise.folder / "exercise.toml").write_text(ABOUT.replace('[leaderboard]\ncheck = "it_is_fast"\n', ""))
    with pytest.raises(BadExercise, match="no check that can run on a student's own machine"):
        package_files(read_exercise(exercise.folder))


@pytest.mark.parametrize("folder", find_exercises(), ids=lambda folder: folder.name)
def test_every_shipped_exercise_has_a_package_that_loads(folder: Path, tmp_path: Path) -> None:
    exercise = read_exercise(folder)
    files = package_files(exercise)
    got = read_exercise(unpacked(files, tmp_path / exercise.slug))
    left_out = {one.name for one in PackageInfo.from_json(files[INFO_FILE].decode()).left_out}
    assert {check.name for check in exercise.checks if not check.visible} <= left_out
    assert {check.info.name for check in load_checks(got)} == {c.name for c in exercise.checks} - left_out
    assert not texts_in(files["checks.py"].decode()) - texts_in((folder / "checks.py").read_text("utf-8"))
    for name in left_out:
        assert name.encode() not in files["checks.py"] + files["messages.toml"]
