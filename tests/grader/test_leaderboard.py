from pathlib import Path
from typing import Any

import pytest

from grader.checklist import CheckInfo
from grader.errors import BadExercise
from grader.exercise import read_exercise
from grader.leaderboard import Baseline, Leaderboard, read_leaderboard
from tests.grader.packages import HEAD, write_exercise

CHECKS = (
    CheckInfo(name="right", points=2),
    CheckInfo(name="small", points=3, curve=((2.0, 0.0), (8.0, 1.0))),
    CheckInfo(name="exact", points=3, curve=((1.0, 1.0), (8.0, 0.0))),
)
TITLE = {"en": "Four bits", "pt-br": "Quatro bits"}
FILE = Path("exercise.toml")

MEASURING = (
    HEAD
    + """
@check(points=1, curve=[[1, 0], [2, 1]])
def grows(solution): pass


@check(points=1, curve=[[1, 1], [2, 0]])
def shrinks(solution): pass
"""
)


def test_the_direction_of_the_curve_says_what_is_better() -> None:
    assert read_leaderboard({"check": "small"}, CHECKS, FILE) == Leaderboard(check="small", rises=True)
    assert read_leaderboard({"check": "exact", "against": "small"}, CHECKS, FILE) == Leaderboard(
        check="exact", rises=False, against="small", against_rises=True
    )


def test_known_methods_are_numbers_with_a_name_per_language() -> None:
    table = {
        "check": "small",
        "against": "exact",
        "baselines": [{"title": TITLE, "value": 7, "against": 0.5}],
    }

    board = read_leaderboard(table, CHECKS, FILE)

    assert board is not None
    assert board.baselines == (Baseline(titles=TITLE, value=7.0, against=0.5),)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("small", "as a table"),
        ({}, "not None. Those with a curve: small, exact"),
        ({"check": "right"}, "names a check that measures, not 'right'"),
        ({"check": "absent"}, "not 'absent'"),
        ({"check": "small", "against": "right"}, "against names a check that measures"),
        ({"check": "small", "against": "small"}, "Name another, or none"),
        ({"check": "small", "colour": "red"}, "colour: not known"),
        ({"check": "small", "baselines": {}}, "[[leaderboard.baselines]]"),
        ({"check": "small", "baselines": [{"title": TITLE}]}, "value must be a number"),
        ({"check": "small", "baselines": [{"title": TITLE, "value": float("nan")}]}, "must be a number"),
        ({"check": "small", "baselines": [{"title": TITLE, "value": True}]}, "must be a number"),
        ({"check": "small", "baselines": [{"title": {"en": "x"}, "value": 1}]}, "no text for pt-br"),
        ({"check": "small", "baselines": [{"title": TITLE, "value": 1, "against": 2}]}, "no second check"),
    ],
)
def test_the_author_is_told_what_to_change(table: Any, says: str) -> None:
    with pytest.raises(BadExercise) as caught:
        read_leaderboard(table, CHECKS, FILE)

    assert says in str(caught.value)


def test_an_author_whose_checks_measure_nothing_is_told_how_to_measure() -> None:
    with pytest.raises(BadExercise, match="give one @check"):
        read_leaderboard({"check": "right"}, CHECKS[:1], FILE)


def test_an_exercise_has_the_leaderboard_of_its_table(tmp_path: Path) -> None:
    toml = (
        '[leaderboard]\ncheck = "grows"\nagainst = "shrinks"\n'
        '[[leaderboard.baselines]]\ntitle = { en = "A", "pt-br" = "B" }\nvalue = 1.5\n'
    )

    exercise = read_exercise(write_exercise(tmp_path, checks=MEASURING, toml=toml))

    assert exercise.leaderboard == Leaderboard(
        check="grows",
        rises=True,
        against="shrinks",
        against_rises=False,
        baselines=(Baseline(titles={"en": "A", "pt-br": "B"}, value=1.5),),
    )


def test_an_exercise_without_the_table_has_none(tmp_path: Path) -> None:
    assert read_exercise(write_exercise(tmp_path)).leaderboard is None
