"""docs/exercises.md is true: the files on the page, put together, are an exercise that proves."""

import re
from pathlib import Path

import pytest

from grader.exercise import read_exercise
from grader.local import prove_here

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDES = {"en": DOCS / "exercises.md", "pt-br": DOCS / "exercises.pt-br.md"}
_FILE = re.compile(r"^(`{3,})\w+ (\S+\.\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def files_of(guide: Path) -> dict[str, str]:
    """Name -> text of every block that is named as a file."""
    return {name: text for _, name, text in _FILE.findall(guide.read_text("utf-8"))}


def written(guide: Path, folder: Path) -> Path:
    for name, text in files_of(guide).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.sandbox
def test_the_exercise_of_the_guide_proves(tmp_path: Path) -> None:
    lines: list[str] = []
    proof = prove_here(read_exercise(written(GUIDES["en"], tmp_path / "ternary-weights")), lines.append)
    assert proof.holds, "\n".join(lines)
    assert proof.mutation_score == 1


def test_every_mistake_of_the_guide_has_a_mutant(tmp_path: Path) -> None:
    folder = written(GUIDES["en"], tmp_path / "ternary-weights")
    slips = {key for key in read_exercise(folder).messages if not key.startswith("checks.")}
    named = {
        slip
        for file in folder.glob("mutants/*.py")
        for slip in re.findall(r"\[(\w+)\]", file.read_text().splitlines()[0])
    }
    assert slips == named


def test_what_the_guide_says_of_the_last_check_happens(tmp_path: Path) -> None:
    folder = written(GUIDES["en"], tmp_path / "ternary-weights")
    checks = (folder / "checks.py").read_text()
    line = "    codes = expect.array(codes, w.shape)\n"
    assert line in checks
    (folder / "checks.py").write_text(checks.replace(line, ""))
    for file in (folder / "mutants").glob("*.py"):
        if file.stem != "flat":  # the others take their time and are not what it is about
            file.unlink()
    lines: list[str] = []
    assert not prove_here(read_exercise(folder), lines.append).holds
    assert any("stumbles: IndexError" in line for line in lines)


def test_both_guides_show_the_same_files_and_commands() -> None:
    assert files_of(GUIDES["en"]) == files_of(GUIDES["pt-br"])
    commands = [
        re.findall(r"```sh\n(.*?)```", guide.read_text("utf-8"), re.DOTALL) for guide in GUIDES.values()
    ]
    assert commands[0] == commands[1]
    assert len(commands[0]) == 4


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_its_links_lead_somewhere(guide: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", guide.read_text("utf-8")):
        assert (guide.parent / target).exists(), target
