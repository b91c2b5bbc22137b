from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding.adaptive.grids import ROOTS, from_grid, step, to_grid
from reference_impl.entropy_coding.adaptive.tables import ONE, RATES, SQUASH, STEEPEST, STRETCH, UNIT
from reference_impl.errors import OutOfRange


def test_squash_is_the_logistic_function_rounded() -> None:
    for logit in range(-STEEPEST, STEEPEST + 1):
        exact = ONE / (1 + exp(-logit / UNIT))
        assert SQUASH[logit + STEEPEST] == pytest.approx(exact, abs=0.5 + 1e-6)


def test_a_bit_and_its_opposite_are_treated_alike() -> None:
    assert np.array_equal(SQUASH + SQUASH[::-1], np.full(SQUASH.size, ONE))


def test_stretch_undoes_squash_where_probabilities_differ() -> None:
    middle = np.arange(-5 * UNIT, 5 * UNIT)
    assert np.array_equal(STRETCH[SQUASH[middle + STEEPEST]], middle)


def test_stretch_never_falls() -> None:
    assert (np.diff(STRETCH) >= 0).all()
    assert np.abs(STRETCH).max() == STEEPEST


def test_the_steps_of_a_counter_are_those_of_a_running_mean() -> None:
    assert [int(rate) for rate in RATES[:3]] == [ONE * 2 // 3, ONE * 2 // 5, ONE * 2 // 7]


def test_the_roots_are_powers_of_two() -> None:
    assert list(ROOTS) == pytest.approx([2 ** (k / 8) for k in range(8)], rel=1e-15)


@given(values=st.lists(st.floats(-100, 100), min_size=1, max_size=20), bits=st.integers(4, 12))
def test_a_grid_moves_no_number_by_more_than_half_a_step(values: list[float], bits: int) -> None:
    points, scale = to_grid(values, bits)
    assert np.abs(points).max() < 2 ** (bits - 1)
    assert np.abs(np.array(values) - points * step(scale)).max() <= step(scale) / 2
    assert from_grid(points, scale) == pytest.approx(points * step(scale), rel=1e-6)


def test_numbers_beyond_the_widest_grid_are_refused() -> None:
    with pytest.raises(OutOfRange):
        to_grid([1e9], 8)
    with pytest.raises(OutOfRange):
        step(256)
