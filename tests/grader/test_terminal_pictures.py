"""Pictures in characters, and the sentence above them."""

import numpy as np
import pytest

from grader import pictures
from grader.messages import LANGUAGES, explain
from grader.picture import Picture
from grader.picture_findings import finding
from grader.terminal_pictures import picture_lines


def drawn(sketch: pictures.Sketch) -> Picture:
    picture = pictures.draw(sketch)
    assert picture is not None
    return picture


X = np.linspace(-1.0, 1.0, 81)
WEIGHTS = np.linspace(-1.0, 1.0, 21)
BY_MAGNITUDE = np.abs(WEIGHTS) > 0.45
CASES: dict[str, tuple[Picture, str]] = {
    "truncated": (drawn(pictures.staircase(X, np.trunc(X), np.rint(X), step=1.0)), "by up to 0.975"),
    "ties": (drawn(pictures.staircase(X, np.floor(X + 0.5), np.rint(X))), "no larger"),
    "right": (drawn(pictures.staircase(X, np.rint(X), np.rint(X))), "are the expected ones"),
    "by magnitude": (drawn(pictures.weight_histogram(WEIGHTS, BY_MAGNITUDE)), "keeps 12 of 21"),
    "mixed": (drawn(pictures.weight_histogram(WEIGHTS, WEIGHTS > 0.45)), "drops one of magnitude 1:"),
    "all": (drawn(pictures.weight_histogram(WEIGHTS, np.ones(21))), "keeps all 21"),
    "none": (drawn(pictures.weight_histogram(WEIGHTS, np.zeros(21))), "drops all 21"),
    "longer": (drawn(pictures.code_lengths([0.5, 0.5], [1, 2])), "1.5 bits per symbol"),
    "undecodable": (drawn(pictures.code_lengths([0.5, 0.25, 0.25], [1, 1, 1])), "is 1.5, more than 1"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_picture_says_what_there_is_to_see(name: str) -> None:
    picture, says = CASES[name]

    assert says in explain(finding(picture), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_picture_fits_into_a_terminal_in_both_languages(name: str, language: str) -> None:
    picture, _ = CASES[name]

    first, *drawing = picture_lines(picture, language)

    assert first == explain(finding(picture), language)
    assert "{" not in first
    assert 2 <= len(drawing) <= 30
    assert max(map(len, drawing)) <= 76


def test_a_staircase_of_characters_shows_where_it_differs() -> None:
    _, expected, got, axis = picture_lines(CASES["truncated"][0], "pt-br")

    assert expected.split()[0] == "esperado"
    assert expected.split()[1] != got.split()[1]
    assert axis.split() == ["x", "-1", "…", "1"]


def test_a_single_dropped_weight_is_seen_among_thousands() -> None:
    weights = np.append(np.full(5000, 0.9), -0.9)

    lines = list(picture_lines(drawn(pictures.weight_histogram(weights, weights > 0)), "en"))

    assert "░" in lines[1]
