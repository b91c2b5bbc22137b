"""What counts as the same number: laws, and the cases in which arithmetic alone would let a wrong answer through."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import expect
from grader.failures import WrongAnswer
from grader.near import near

WHOLE = st.integers(-(2**63), 2**64 - 1)
ANY = st.floats() | WHOLE


def is_near(found: Any, wanted: Any, rtol: float = 0.0, atol: float = 0.0) -> bool:
    return bool(near(np.asarray(found), np.asarray(wanted), rtol, atol))


def is_accepted(got: Any, want: Any, rtol: float = 0.0) -> bool:
    try:
        expect.close(got, want, rtol=rtol) if rtol else expect.equal(got, want)
    except WrongAnswer:
        return False
    return True


@given(ANY, ANY)
def test_without_tolerance_numbers_are_the_same_when_python_says_so(found: float, wanted: float) -> None:
    both_lost = math.isnan(found) and math.isnan(wanted)

    assert is_near(found, wanted) == (found == wanted or both_lost)


@given(ANY, st.floats(0, 0.5), st.floats(0, 10))
def test_every_number_is_near_to_itself(value: float, rtol: float, atol: float) -> None:
    assert is_near(value, value, rtol, atol)


@given(st.floats(allow_nan=False), st.floats(0, 0.5), st.floats(0, 10))
def test_only_infinity_is_near_to_infinity(found: float, rtol: float, atol: float) -> None:
    for infinite in (math.inf, -math.inf):
        assert is_near(found, infinite, rtol, atol) == (found == infinite)


@given(st.floats(-1e100, 1e100), st.floats(-1e100, 1e100), st.floats(1e-9, 0.5))
def test_tolerance_is_measured_at_the_wanted_value(found: float, wanted: float, rtol: float) -> None:
    assert is_near(found, wanted, rtol) == (abs(found - wanted) <= rtol * abs(wanted))


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (1.0, np.inf),
        (-np.inf, np.inf),
        (np.nan, np.inf),
        (2**70, np.inf),
        (np.array([1.0, 5.0]), np.array([1.0, np.inf])),
        (np.complex64(1 + 5j), 1.0),
        (np.float16(np.inf), 70000.0),
        (0.0, 1e-300),
    ],
)
def test_a_tolerance_lets_no_other_number_through(got: Any, want: Any) -> None:
    assert not is_accepted(got, want, rtol=1e-3)


@pytest.mark.parametrize(
    ("got", "want", "accepted"),
    [
        (float(2**53), 2**53 + 1, False),
        (np.array([2.0**63]), np.array([2**63], np.uint64), True),
        (np.array([2**64 - 1], np.uint64), np.array([-1]), False),
        (np.array([2**63], np.uint64), np.array([2**63 + 1], np.uint64), False),
        (2**70, 2**70, True),
        (2**70, 2**71, False),
        (2**70, 2**70 + 1, False),
        (10**400, 10**401, False),
        (2**70, 3, False),
        (3, 2**70, False),
        (-0.0, 0.0, True),
        (np.float32(5e-324), 0, True),  # is zero in single precision
        (5e-324, 0, False),
        (True, 1, True),
        (np.zeros((0, 3)), np.zeros((0, 4)), False),
        (np.array([[7]]), np.array([7]), False),
        (np.array(7), 7, True),
    ],
)
def test_equal_is_exact(got: Any, want: Any, accepted: bool) -> None:
    assert is_accepted(got, want) == accepted
