"""`prova check`: the same sentences as on the site, in the sandbox and in a process of one's own."""

import shutil
from pathlib import Path

import pytest

from grader.cli.check import where_it_ran
from grader.cli.checking import check_here
from grader.cli.command_line import main
from grader.cli.words import Problem, Voice
from grader.exercise import EXERCISES_FOLDER, Exercise, read_exercise
from grader.report import GradingReport
from grader.sandbox import SandboxRefused, SystemFailure
from grader.student_package.package import package_files
from grader.uploads.upload import Upload

PRUNING = EXERCISES_FOLDER / "magnitude-pruning"
pytestmark = pytest.mark.sandbox


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    """As `prova get` leaves it."""
    folder = tmp_path / "magnitude-pruning"
    folder.mkdir()
    for name, content in package_files(read_exercise(PRUNING)).items():
        (folder / name).write_bytes(content)
    shutil.copy(folder / "starter.py", folder / "submission.py")
    return folder


def check(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    status = main(["check", *map(str, words)])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("own_process", [[], ["--own-process"]], ids=["sandbox", "own-process"])
def test_a_right_file_has_full_marks_and_hears_what_the_site_runs_besides(
    fetched: Path, own_process: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(PRUNING / "solutions" / "whole_arrays.py", fetched / "submission.py")
    status, out, _ = check(capsys, fetched / "submission.py", "--language", "en", *own_process)
    assert status == 0
    assert "Larger networks" in out.split("The site also runs:")[1]
    assert ("your own code on your own machine" in out) == bool(own_process)


def test_without_a_sandbox_the_report_is_the_same(fetched: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """But for the line that says where it ran, and the time it took."""
    shutil.copy(PRUNING / "mutants" / "one_too_many.py", fetched / "submission.py")
    words: list[str | Path] = [fetched / "submission.py", "--language", "pt-br"]
    status, in_sandbox, _ = check(capsys, *words)
    own_status, on_own, _ = check(capsys, *words, "--own-process")
    assert status == own_status == 1

    def told(out: str) -> list[str]:
        return [line for line in out.splitlines()[1:] if not line.startswith("Nota:")]

    start = "Poda por magnitude"
    assert told(in_sandbox[in_sandbox.index(start) :]) == told(on_own[on_own.index(start) :])
    assert "esperado" in on_own


def test_authors_see_what_students_get_of_their_exercise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.py"
    file.write_text("def sparsity_of(w):\n    return 0\n")
    status, out, _ = check(capsys, file, "--exercise", "magnitude-pruning", "--language", "en")
    assert status == 1
    assert out.count("There is no function “magnitude_prune” in your file.") == 1
    assert "The same problem as in" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.py"], "Which exercise is nowhere.py for?"),
        (["nowhere.py", "--exercise", "no-such"], "There is no exercise “no-such” here"),
        (["nowhere.py", "--exercise", "magnitude-pruning"], "Give the path of your file"),
    ],
)
def test_what_cannot_be_checked_says_what_to_do(
    words: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, err = check(capsys, *words, "--language", "en")
    assert status == 2
    assert said in err


def test_a_damaged_package_is_fetched_again(fetched: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (fetched / "package.json").write_text("{")
    status, _, err = check(capsys, fetched / "submission.py", "--language", "en")
    assert status == 2
    assert "Fetch it again: prova get magnitude-pruning" in err


def test_a_file_that_is_no_python_is_told_as_on_the_site(
    fetched: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (fetched / "submission.py").write_bytes(b"\xff\xfe\x00")
    status, _, err = check(capsys, fetched / "submission.py", "--language", "pt-br")
    assert status == 2
    assert "submission.py" in err


def test_a_linux_without_a_sandbox_says_so_and_goes_on(fetched: Path) -> None:
    def refused(exercise: Exercise, upload: Upload) -> GradingReport:
        raise SandboxRefused(("no namespaces",))

    checked = check_here(read_exercise(fetched), Upload(source=(fetched / "starter.py").read_text()), refused)
    assert checked.report.score == 0
    assert "python -m grader doctor" in where_it_ran(checked.where, Voice("en"))
    assert "neste" not in where_it_ran(checked.where, Voice("en"))
    assert "é o seu código, na sua máquina" in where_it_ran(checked.where, Voice("pt-br"))


def test_a_machine_that_fails_is_not_the_codes_fault(fetched: Path) -> None:
    def failing(exercise: Exercise, upload: Upload) -> GradingReport:
        raise SystemFailure("no memory")

    with pytest.raises(Problem) as caught:
        check_here(read_exercise(fetched), Upload(source="x = 1"), failing)
    assert "the cause is not your code: no memory" in Voice("en").sentence(caught.value.message)
