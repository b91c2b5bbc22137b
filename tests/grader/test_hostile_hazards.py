"""The list of hazards in `hostile/README.md` and what is tried agree: each is tried, or says why it cannot be."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.grader.hostile_cases import HOSTILE

REPOSITORY = Path(__file__).parents[2]
NUMBERS = range(1, 96)
HAZARDS = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
FOLDERS = sorted(path.parent for path in HOSTILE.glob("*/expect.toml"))
ELSEWHERE = tomllib.loads((HOSTILE / "elsewhere.toml").read_text(encoding="utf-8"))


def about(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8"))


def tried_by_folders() -> set[int]:
    return {number for folder in FOLDERS for number in about(folder)["cases"]}  # type: ignore[attr-defined]


def test_every_hazard_has_a_name_and_an_outcome() -> None:
    listed = HAZARDS.findall((HOSTILE / "README.md").read_text(encoding="utf-8"))

    assert [int(number) for number, _, _ in listed] == list(NUMBERS)
    assert len({name for _, name, _ in listed}) == len(NUMBERS)


def test_every_hazard_is_tried_or_says_why_not() -> None:
    elsewhere = {int(number) for number in ELSEWHERE}

    assert tried_by_folders() | elsewhere == set(NUMBERS)
    assert tried_by_folders().isdisjoint(elsewhere)


@pytest.mark.parametrize("number", ELSEWHERE)
def test_what_is_shown_elsewhere_is_there(number: str) -> None:
    ((kind, value),) = ELSEWHERE[number].items()
    if kind == "reason":
        assert len(value) > 60
        return
    file, _, name = value.partition("::")
    tree = ast.parse((REPOSITORY / file).read_text(encoding="utf-8"))
    assert kind == "test"
    assert name.startswith("test_")
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_says_in_a_few_words_what_it_tries(folder: Path) -> None:
    expected = about(folder)

    assert expected["class"] in set("abcde")
    assert 10 <= len(str(expected["title"])) <= 100
    assert not str(expected["title"]).endswith(".")
    assert {path.name for path in folder.iterdir()} - {"__pycache__"} <= {"expect.toml", "submission.py"}
