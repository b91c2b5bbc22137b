"""Every function of `grader.expect` keeps the same contract, whatever a learner returns."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader import expect
from grader.failures import CodeFailed, Measured, WrongAnswer
from grader.messages import general_messages
from grader.metric import exact

GRID = np.arange(6.0).reshape(2, 3)

#: name -> (a demand, a value that meets it)
DEMANDS: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "close to a number": (lambda got: expect.close(got, 2.5), 2.5),
    "close to an array": (lambda got: expect.close(got, GRID), GRID.astype(np.float32)),
    "equal to a number": (lambda got: expect.equal(got, 3), 3),
    "equal to an array": (lambda got: expect.equal(got, np.array([1, 2], np.uint8)), np.array([1, 2])),
    "equal to a text": (lambda got: expect.equal(got, "csr"), "csr"),
    "equal to a list": (lambda got: expect.equal(got, [1, [2]]), [1, [2]]),
    "equal to a dict": (lambda got: expect.equal(got, {"a": 1}), {"a": 1}),
    "within a limit": (lambda got: expect.within(got, GRID, 0.5), GRID + 0.4),
    "of a shape": (lambda got: expect.shape(got, (2, 3)), GRID),
    "of a dtype": (lambda got: expect.dtype(got, "uint8"), np.zeros(2, np.uint8)),
    "finite": (lambda got: expect.finite(got), GRID),
    "a whole number": (lambda got: expect.whole_number(got), 4),
    "a pair": (lambda got: expect.pair(got), (1.0, 2)),
    "of a length": (lambda got: expect.length(got, 3), [1, 2, 3]),
    "at most": (lambda got: expect.at_most(got, 3.5), 3.5),
    "at least": (lambda got: expect.at_least(got, 3.5), [4, 3.5]),
    "an array": (lambda got: expect.array(got), [[1], [2]]),
    "an array of a shape": (lambda got: expect.array(got, (2, 3)), GRID.astype(np.int8)),
    "bytes": (lambda got: expect.blob(got), b"\0\1"),
    "unchanged": (lambda got: expect.unchanged_input(got, GRID), GRID),
}

STRANGE: list[Any] = [
    None, True, -1, 0, 2**3000, -(2**70), 1e308, float("nan"), float("inf"), "", "text", b"\0", [], (), {}, {"b": 2}, {1: 2},
    [[1], [2, 3]], [None], ["1"], (1, 2, 3), [[[[]]]], np.zeros(()), np.zeros((0, 3)), np.array(True), np.zeros(3, bool),
    np.array([np.nan, np.inf]), np.zeros(2, complex), np.zeros(4, np.float16), np.arange(2, dtype=np.uint64), 1e-9, 1 + 2j,
]  # fmt: skip


def refusal(demand: Callable[[Any], Any], value: Any) -> WrongAnswer | None:
    """How the value is refused; None: it is right. Anything else that is raised is a fault of ours."""
    try:
        demand(value)
    except WrongAnswer as wrong:
        return wrong
    return None


@pytest.mark.parametrize("name", DEMANDS)
def test_a_right_value_passes(name: str) -> None:
    demand, right = DEMANDS[name]
    demand(right)


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("name", DEMANDS)
def test_a_strange_value_is_a_wrong_answer_and_never_a_crash(name: str, value: Any) -> None:
    refused = refusal(DEMANDS[name][0], value)

    assert refused is None or refused.key in general_messages()


@pytest.mark.parametrize("name", [name for name in DEMANDS if name not in {"unchanged"}])
def test_nothing_returned_is_said_as_such(name: str) -> None:
    with pytest.raises(WrongAnswer) as caught:
        DEMANDS[name][0](None)

    assert caught.value.key == "returned_nothing"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(), parts, max_size=3),
)


@given(value=values, name=st.sampled_from(sorted(DEMANDS)))
def test_any_plain_value_is_either_right_or_wrong(value: Any, name: str) -> None:
    refused = refusal(DEMANDS[name][0], value)

    assert refused is None or all(isinstance(text, str | int | float) for text in refused.params.values())


@pytest.mark.parametrize(
    ("got", "want", "key"),
    [
        (1.1, 1.0, "wrong_value"),
        (np.array([1.0]), 1.0, "wrong_shape"),
        (np.array([1.0, np.nan]), np.array([1.0, 2.0]), "not_finite"),
        (np.array([1.0, 3.0]), np.array([1.0, 2.0]), "wrong_element"),
        ("1.0", 1.0, "not_numbers"),
        ([[1], [2, 3]], 1.0, "not_numbers"),
    ],
)
def test_a_wrong_number_is_described(got: Any, want: Any, key: str) -> None:
    with pytest.raises(WrongAnswer) as caught:
        expect.close(got, want)

    assert caught.value.key == key


def test_the_first_wrong_element_is_named_with_its_index_and_both_values() -> None:
    wrong = GRID.copy()
    wrong[1, 0] = wrong[1, 2] = -1.0

    with pytest.raises(WrongAnswer) as caught:
        expect.close(wrong, GRID)

    assert caught.value.params == {
        "index": "(1, 0)",
        "got": "-1.0",
        "expected": "3.0",
        "wrong": 2,
        "total": 6,
    }


def test_not_a_number_and_infinity_are_right_where_they_are_expected() -> None:
    special = np.array([np.nan, np.inf, -np.inf])

    expect.close(special, special.astype(np.float32))


def test_integers_are_compared_exactly() -> None:
    with pytest.raises(WrongAnswer):
        expect.equal(2**53 + 1, 2**53)


@given(want=st.floats(-1e6, 1e6), rtol=st.sampled_from([0.0, 1e-6, 1e-3]), atol=st.sampled_from([0.0, 1e-3]))
def test_the_limit_of_tolerance_is_inclusive_and_no_wider(want: float, rtol: float, atol: float) -> None:
    limit = atol + rtol * abs(want)
    expect.close(want + 0.999 * limit, want, rtol=rtol, atol=atol)

    with pytest.raises(WrongAnswer):
        expect.close(want + 1.01 * limit + 1e-3 + abs(want) * 1e-12, want, rtol=rtol, atol=atol)


def test_all_slips_that_give_the_wrong_value_are_named_in_the_order_of_the_check() -> None:
    with pytest.raises(WrongAnswer) as caught:
        expect.close(4, 3, slips={"other": 5, "second": 4.0, "third": np.array(4)})

    assert caught.value.slips == ("second", "third")


def test_a_slip_that_gives_the_right_value_here_explains_nothing() -> None:
    with pytest.raises(WrongAnswer) as caught:
        expect.close(4, 3, slips={"harmless_here": 3})

    assert caught.value.slips == ()


def test_a_slip_may_have_another_shape_than_the_right_value() -> None:
    with pytest.raises(WrongAnswer) as caught:
        expect.equal(np.arange(6), np.arange(6).reshape(2, 3), slips={"flattened": np.arange(6)})

    assert caught.value.slips == ("flattened",)


def test_slips_are_found_for_texts_too() -> None:
    with pytest.raises(WrongAnswer) as caught:
        expect.equal("10", "01", slips={"reversed": "10"})

    assert caught.value.slips == ("reversed",)


def test_that_shows_what_it_is_given() -> None:
    with pytest.raises(WrongAnswer) as caught:
        expect.that(1 > 2, "zero_point_outside", got=300, limit=255)

    assert caught.value.key == "zero_point_outside"
    assert caught.value.params == {"limit": 255, "got": "300"}


def test_raises_wants_one_of_the_named_exceptions() -> None:
    def fails() -> None:
        raise CodeFailed("ValueError", "no", 1, "f")

    expect.raises(fails, "TypeError", "ValueError")
    with pytest.raises(CodeFailed):
        expect.raises(fails, "TypeError")
    with pytest.raises(WrongAnswer, match="should_raise"):
        expect.raises(lambda: 3, "ValueError")


def test_a_changed_input_is_said_as_such() -> None:
    with pytest.raises(WrongAnswer, match="input_changed"):
        expect.unchanged_input(GRID + 1, GRID)


def test_whole_numbers_are_python_or_numpy_integers_but_no_truth_values() -> None:
    assert expect.whole_number(np.array(3, np.uint8)) == 3
    for wrong in (True, 3.0, np.array(3.0), np.array([3]), "3"):
        with pytest.raises(WrongAnswer):
            expect.whole_number(wrong)


# ---------------------------------------------------------------- bounds and measures


@given(st.lists(st.floats(-100, 100), min_size=1), st.floats(-100, 100))
def test_bounds_hold_for_every_number_and_name_one_that_breaks_them(got: list[float], limit: float) -> None:
    over = refusal(lambda value: expect.at_most(value, limit), got)
    under = refusal(lambda value: expect.at_least(value, limit), got)

    assert (over is None) == (max(got) <= limit)
    assert (under is None) == (min(got) >= limit)
    assert over is None or (over.params["got"] in got and over.params["got"] > limit)
    assert under is None or (under.params["got"] in got and under.params["got"] < limit)


@pytest.mark.parametrize("bound", [expect.at_most, expect.at_least])
@pytest.mark.parametrize("got", [float("nan"), [1.0, float("nan")], 1j, "1", None])
def test_what_is_not_a_real_number_keeps_no_bound(bound: Callable[..., None], got: Any) -> None:
    assert refusal(lambda value: bound(value, 1.0), got) is not None


def test_a_bound_may_have_a_sentence_of_its_own() -> None:
    wrong = refusal(lambda got: expect.at_most(got, 1.0, key="loses_accuracy"), 2)

    assert wrong is not None
    assert (wrong.key, wrong.params) == ("loses_accuracy", {"got": 2.0, "limit": 1.0})


@given(npst.arrays(st.sampled_from([np.int8, np.uint64, np.float16, np.float32, bool]), (2, 3)))
def test_an_array_comes_back_in_numbers_to_compute_with(got: np.ndarray) -> None:
    found = expect.array(got, (2, 3), finite=False)

    assert found.dtype == np.float64
    assert np.array_equal(found, got.astype(np.float64), equal_nan=True)


def test_a_measure_ends_the_check() -> None:
    metric = exact("mse", 1.0)

    with pytest.raises(Measured) as end:
        expect.metric(metric)

    assert end.value.metric is metric
