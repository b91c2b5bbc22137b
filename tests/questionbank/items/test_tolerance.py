import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from questionbank.definition import ToleranceDefinition as Tolerance
from questionbank.items.number_parsing import ParsedNumber, parse_number, typed
from questionbank.items.tolerance import accepted_range, accepts, decimals_to_show, needs_floor

keys = st.floats(1e-6, 1e9) | st.floats(-1e9, -1e-6)
tolerances = (
    st.builds(Tolerance, st.just("absolute"), st.floats(0, 1e3))
    | st.builds(Tolerance, st.just("relative"), st.floats(0, 0.5), st.floats(0, 1e-3))
    | st.builds(Tolerance, st.just("geometric"), st.floats(0, 2))
    | st.builds(Tolerance, st.sampled_from(["significant_digits", "decimal_places"]), st.integers(1, 6))
)


@pytest.mark.parametrize(
    ("tolerance", "key", "right", "wrong"),
    [
        # floats cannot hold these differences: 7.7 - 7 > 0.7 and 7 - 6.3 > 0.7
        (Tolerance("absolute", 0.7), 7, [6.3, 7, 7.7], [6.29999, 7.70001]),
        (Tolerance("absolute", 0), 7, [7], [7.000001]),
        (Tolerance("absolute", 0.1), 0.3, [0.2, 0.4], [0.1999, 0.4001]),
        (Tolerance("relative", 0.1), 7, [6.3, 7.7], [6.29, 7.71]),
        (Tolerance("relative", 0.01), -200, [-198, -202], [-197.9, 200]),
        (Tolerance("relative", 0.01, floor=0.5), 0, [0.5, -0.5, 0], [0.51]),
        (Tolerance("geometric", 1.0), 7, [3.5, 14], [3.49, 14.01]),
        (Tolerance("geometric", 1.0), -7, [-3.5, -14], [-3.49, -14.01, 7]),
        (Tolerance("decimal_places", 2), 200 / 255, [0.78, 0.7843, 0.7849], [0.77, 0.79]),
        (Tolerance("decimal_places", 0), 64, [63.5, 64.5], [63.4, 65]),
        (Tolerance("significant_digits", 3), 3.55556, [3.56, 3.5556, 3.551], [3.55, 3.57]),
        (Tolerance("significant_digits", 2), 1500, [1450, 1500, 1550], [1449, 1551]),
        (Tolerance("significant_digits", 3), 0.00012345, [0.000123, 0.0001239], [0.000122, 0.000125]),
        (Tolerance("interval", low=3, high=4), 3.2, [3, 3.7, 4], [2.999, 4.001]),
    ],
)
def test_the_boundary_belongs_to_the_right_answers(
    tolerance: Tolerance, key: float, right: list[float], wrong: list[float]
) -> None:
    assert [answer for answer in right if not accepts(tolerance, key, answer)] == []
    assert [answer for answer in wrong if accepts(tolerance, key, answer)] == []


@given(tolerance=tolerances, key=keys)
def test_the_key_and_both_ends_are_right(tolerance: Tolerance, key: float) -> None:
    low, high = accepted_range(tolerance, key)
    assert low <= key <= high
    assert accepts(tolerance, key, key)
    assert accepts(tolerance, key, low)
    assert accepts(tolerance, key, high)


@given(tolerance=tolerances, key=keys, beyond=st.floats(1e-6, 10))
def test_what_lies_beyond_the_ends_is_wrong(tolerance: Tolerance, key: float, beyond: float) -> None:
    low, high = accepted_range(tolerance, key)
    assert not accepts(tolerance, key, high + beyond * max(abs(high), abs(low)))
    assert not accepts(tolerance, key, low - beyond * max(abs(high), abs(low)))


@given(tolerance=tolerances, key=keys, answer=keys)
def test_the_sign_of_everything_may_be_turned(tolerance: Tolerance, key: float, answer: float) -> None:
    assert accepts(tolerance, key, answer) == accepts(tolerance, -key, -answer)


@given(tolerance=tolerances, key=keys, language=st.sampled_from(["en", "pt-br"]))
def test_the_key_as_printed_is_right(tolerance: Tolerance, key: float, language: str) -> None:
    low, high = accepted_range(tolerance, key)
    # narrower than the six digits a number is printed with, nothing but the exact key can be right
    assume(min(key - low, high - key) > 1e-5 * abs(key))
    read = parse_number(typed(key, language, decimals_to_show(tolerance, key)), language)
    assert isinstance(read, ParsedNumber)
    assert accepts(tolerance, key, read.value)


@pytest.mark.parametrize("kind", ["relative", "significant_digits", "geometric"])
def test_a_share_of_a_zero_key_needs_a_floor(kind: str) -> None:
    assert needs_floor(Tolerance(kind, 2), 0)
    assert not needs_floor(Tolerance(kind, 2, floor=0.1), 0)
    assert not needs_floor(Tolerance(kind, 2), 1)


def test_an_absolute_tolerance_needs_none() -> None:
    assert not needs_floor(Tolerance("absolute", 0.1), 0)


def test_no_tolerance_accepts_what_is_not_a_number() -> None:
    assert not accepts(Tolerance("absolute", 1e300), 0, math.nan)
