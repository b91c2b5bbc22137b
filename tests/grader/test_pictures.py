"""What is drawn of a failing check: numbers that fit into a message, whatever the learner's code returned."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as arrays

from grader import pictures
from grader.judge import grade
from grader.picture import (
    MAX_BINS,
    MAX_POINTS,
    MAX_SYMBOLS,
    CodeLengths,
    Picture,
    Staircase,
    WeightHistogram,
    picture_from_message,
)
from grader.report import CheckResult, Verdict
from tests.grader.fakes import FakeSandbox
from tests.grader.packages import HEAD, gradable, job

ANY_FLOATS = arrays.arrays(
    np.float64, st.integers(0, 400), elements=st.floats(allow_nan=True, allow_infinity=True)
)
STRANGE: tuple[Any, ...] = (
    None,
    "text",
    b"bytes",
    object(),
    10**400,
    [1, "two"],
    [[1], [2, 3]],
    {"a": 1},
    np.zeros((0,)),
    np.zeros((2, 2)),
    np.full(5, np.nan),
    np.array(["a"] * 5),
    1j,
    np.bool_(True),
)


def read_back(picture: Picture) -> Picture:
    return picture_from_message(json.loads(json.dumps(asdict(picture), allow_nan=False)))


@given(x=ANY_FLOATS, error=st.floats(-1, 1))
def test_any_staircase_is_finite_small_and_read_back_as_it_was(x: np.ndarray, error: float) -> None:
    with np.errstate(all="ignore"):
        picture = pictures.draw(pictures.staircase(x, np.round(x) + error, np.round(x), step=1.0))

    if picture is None:
        assert (np.abs(x) <= 1e30).sum() < 2
        return
    assert isinstance(picture, Staircase)
    assert len(picture.x) <= MAX_POINTS
    assert picture.left_out == (~(np.abs(x) <= 1e30)).sum()
    assert read_back(picture) == picture


@given(weights=ANY_FLOATS, data=st.data())
def test_any_histogram_counts_every_drawable_weight_once(weights: np.ndarray, data: st.DataObject) -> None:
    mask = data.draw(arrays.arrays(np.bool_, weights.shape))

    picture = pictures.draw(pictures.weight_histogram(weights, mask))

    drawable = np.abs(weights) <= 1e30
    if picture is None:
        few = drawable.sum() < pictures.FEWEST_WEIGHTS
        assert few or np.abs(weights[drawable]).max() < 1e-300
        return
    assert isinstance(picture, WeightHistogram)
    assert len(picture.kept) <= MAX_BINS
    assert sum(picture.kept) == (mask & drawable).sum()
    assert sum(picture.dropped) == (~mask & drawable).sum()
    assert read_back(picture) == picture


@given(counts=st.lists(st.integers(0, 1000), min_size=1, max_size=60), data=st.data())
def test_any_code_lengths_have_the_mean_and_entropy_of_all_symbols(
    counts: list[int], data: st.DataObject
) -> None:
    lengths = data.draw(st.lists(st.integers(0, 40), min_size=len(counts), max_size=len(counts)))
    p = np.array(counts) / max(sum(counts), 1)

    picture = pictures.draw(pictures.code_lengths(p, lengths))

    if picture is None:
        assert not sum(counts)
        return
    assert isinstance(picture, CodeLengths)
    used = p[p > 0]
    assert picture.entropy_bits == pytest.approx(-(used * np.log2(used)).sum(), rel=1e-6, abs=1e-9)
    assert picture.mean_bits == pytest.approx(p @ np.array(lengths), rel=1e-6)
    assert len(picture.symbols) + picture.left_out == len(used)
    assert len(picture.symbols) <= MAX_SYMBOLS
    assert list(picture.probabilities) == sorted(picture.probabilities, reverse=True)
    assert read_back(picture) == picture


@pytest.mark.parametrize("strange", STRANGE, ids=lambda value: repr(value)[:20])
def test_what_cannot_be_drawn_gives_no_picture(strange: Any) -> None:
    x = np.arange(5.0)

    assert pictures.draw(pictures.staircase(x, strange, x)) is None
    assert pictures.draw(pictures.weight_histogram(x, strange)) is None
    assert pictures.draw(pictures.code_lengths(x / 10, strange)) is None


def test_code_lengths_may_be_named_by_their_symbols() -> None:
    picture = pictures.draw(
        pictures.code_lengths({"a": 0.25, "\u202e": 0.5, 7: 0.25}, {7: 2, "a": 2, "\u202e": 1})
    )

    assert isinstance(picture, CodeLengths)
    assert picture.symbols == ("'\\u202e'", "'a'", "7")
    assert picture.lengths == picture.ideal_lengths == (1.0, 2.0, 2.0)
    assert picture.kraft_sum == 1.0


GOOD = asdict(Staircase(x=(0.0, 1.0), got=(0.0, 1.0), expected=(0.0, 1.0), step=1.0))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "photograph"},
        {"kind": None},
        {"extra": 1},
        {"x": [1.0, 0.0]},
        {"x": [0.0]},
        {"x": "ab"},
        {"x": [0.0, float("nan")]},
        {"x": [0.0, 1e31]},
        {"x": [0.0, True]},
        {"x": [0.0] * (MAX_POINTS + 1)},
        {"x": None},
        {"step": -1.0},
        {"left_out": 0.5},
    ],
    ids=str,
)
def test_what_is_not_a_picture_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        picture_from_message(GOOD | change)


@pytest.mark.parametrize("symbol", ["\0", "a\nb", "\u202e", "x" * 17, 5])
def test_a_symbol_that_is_no_short_printable_text_is_refused(symbol: Any) -> None:
    picture = pictures.draw(pictures.code_lengths([1.0], [1]))
    assert picture is not None

    with pytest.raises(ValueError, match="not a picture"):
        picture_from_message(asdict(picture) | {"symbols": [symbol]})


# ---------------------------------------------------------------- in a check

DRAWN = HEAD + (
    "import numpy as np\nfrom grader import pictures\n"
    "@check(points=1)\n@given(n=integers(1, 50))\n"
    "def halves(solution, n):\n"
    "    grid = np.arange(8.0)\n"
    "    def sketch():\n"
    "        got = [solution.half(x) for x in (0, 1, 2)]\n"
    "        return pictures.staircase(grid[:3], got, grid[:3] / 2, step=0.5)\n"
    "    expect.equal(solution.half(n), n / 2, picture=sketch)\n"
)


def checked(folder: Path, source: str, checks: str = DRAWN) -> CheckResult:
    exercise = gradable(folder, checks=checks)
    (check,) = grade(FakeSandbox(), exercise, job(exercise.exercise, source)).checks
    return check


def test_a_failing_check_is_drawn_with_calls_that_are_not_part_of_the_example(tmp_path: Path) -> None:
    check = checked(tmp_path, "def half(x): return x // 2 + 0.0\n")

    assert check.pictures == (Staircase(x=(0, 1, 2), got=(0, 0, 1), expected=(0, 0.5, 1), step=0.5),)
    assert [call.arguments for call in check.example] == [("1",)]


def test_a_passing_check_is_not_drawn(tmp_path: Path) -> None:
    assert checked(tmp_path, "def half(x): return x / 2\n").pictures == ()


@pytest.mark.parametrize("what", ["1 / 0", "end('cpu_limit')", "'text'"])
def test_a_picture_whose_own_calls_fail_is_left_out_and_the_verdict_stays(tmp_path: Path, what: str) -> None:
    check = checked(tmp_path, f"def half(x):\n    return {what} if x == 0 else 9\n")

    assert check.pictures == ()
    assert check.verdict is Verdict.WRONG_ANSWER
    assert check.check_bug == ""
    assert check.got == "9"


def test_a_sketch_that_stumbles_tells_the_instructor(tmp_path: Path) -> None:
    checks = DRAWN.replace("got = [", "got = nonsense; [")

    check = checked(tmp_path, "def half(x): return 9\n", checks)

    assert check.verdict is Verdict.WRONG_ANSWER
    assert check.check_bug == "picture: NameError: name 'nonsense' is not defined"


def test_a_sketch_cannot_call_without_end(tmp_path: Path) -> None:
    checks = DRAWN.replace("(0, 1, 2)]", "range(1000)]")

    check = checked(tmp_path, "def half(x): return 9\n", checks)

    assert check.pictures == ()
    assert check.check_bug == ""
