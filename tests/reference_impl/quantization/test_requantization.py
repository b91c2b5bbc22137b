"""Laws of requantization; the fixed-point way against exact rational arithmetic."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reference_impl.errors import NotFinite, OutOfRange, WrongDtype
from reference_impl.quantization.grid import Grid
from reference_impl.quantization.requantization import (
    FixedPointMultiplier,
    requantize,
    requantize_channels,
    requantize_in_floats,
)

reals = st.one_of(st.floats(2**-32, 1, exclude_max=True), st.floats(1e-4, 0.05))
int32 = st.integers(-(2**31), 2**31 - 1)
grids = st.sampled_from([Grid.signed(8), Grid.unsigned(8), Grid.restricted(4)])


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def half_away(value: Fraction) -> int:
    return half_up(value) if value >= 0 else -half_up(-value)


@given(reals)
@example(1 - 2**-53)
@example(0.5 - 2**-54)
@example(2**-32)
def test_the_mantissa_is_normal_and_near_the_real_number(real: float) -> None:
    found = FixedPointMultiplier.nearest(real)

    assert 2**30 <= found.mantissa < 2**31
    assert abs(found.real - real) <= real * 2**-31


@given(reals, int32)
@example(0.5, -3)
@example(0.25, -(2**31))
def test_it_rounds_the_doubled_high_half_and_then_the_shift(real: float, accumulator: int) -> None:
    multiplier = FixedPointMultiplier.nearest(real)
    high = half_up(Fraction(accumulator * multiplier.mantissa, 2**31))

    assert multiplier.apply(accumulator) == half_away(Fraction(high, 2**multiplier.shift))


@given(reals, int32)
def test_two_roundings_err_by_less_than_one_from_the_exact_product(real: float, accumulator: int) -> None:
    multiplier = FixedPointMultiplier.nearest(real)
    exact = Fraction(accumulator * multiplier.mantissa, 2 ** (31 + multiplier.shift))

    assert abs(int(multiplier.apply(accumulator)) - exact) <= 1 - Fraction(multiplier.shift == 0, 2)


@given(reals, st.lists(int32, min_size=1, max_size=9), st.integers(-20, 20), grids)
def test_both_ways_agree_within_one_code(
    real: float, accumulators: list[int], zero_point: int, grid: Grid
) -> None:
    multiplier, zero_point = FixedPointMultiplier.nearest(real), min(max(zero_point, grid.lo), grid.hi)
    fixed = requantize(accumulators, multiplier, zero_point, grid)
    floats = requantize_in_floats(accumulators, multiplier.real, zero_point, grid)

    assert fixed.dtype == floats.dtype == grid.dtype
    assert np.abs(fixed.astype(int) - floats).max() <= 1
    assert np.all((grid.lo <= fixed) & (fixed <= grid.hi))


@given(reals, st.lists(int32, min_size=2, max_size=9))
def test_larger_accumulators_never_get_smaller_codes(real: float, accumulators: list[int]) -> None:
    codes = requantize(sorted(accumulators), FixedPointMultiplier.nearest(real), 3, Grid.signed(8))

    assert np.all(np.diff(codes.astype(int)) >= 0)


def test_known_values() -> None:
    half = FixedPointMultiplier.nearest(0.5)

    assert half == FixedPointMultiplier(2**30, 0)
    assert half.apply([3, -3, 5, 7]).tolist() == [2, -1, 3, 4]  # the high half rounds ties up
    assert FixedPointMultiplier.nearest(0.25).apply([2, -2, 6]).tolist() == [1, -1, 2]  # 3 / 2 away from zero
    assert requantize_in_floats([3, 5, 1000], 0.5, 0, Grid.signed(8)).tolist() == [2, 2, 127]


@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 1, -1]), st.lists(reals, min_size=3, max_size=3))
def test_each_channel_is_requantized_by_its_own_multiplier(
    seed: int, axis: int, factors: list[float]
) -> None:
    accumulators = np.random.default_rng(seed).integers(-(2**31), 2**31, (3, 3, 3)).astype(np.int32)
    multipliers = [FixedPointMultiplier.nearest(factor) for factor in factors]

    together = requantize_channels(accumulators, multipliers, 2, Grid.signed(8), axis=axis)

    for index, multiplier in enumerate(multipliers):
        alone = requantize(accumulators.take(index, axis=axis), multiplier, 2, Grid.signed(8))
        assert np.array_equal(together.take(index, axis=axis), alone)


def test_floats_take_one_multiplier_for_each_channel() -> None:
    codes = requantize_in_floats([[100, 100]], [0.1, 2.0], 1, Grid.unsigned(8))

    assert codes.tolist() == [[11, 201]]


@pytest.mark.parametrize("real", [0.0, -0.5, 1.0, 2**-33, np.nan, np.inf])
def test_multipliers_outside_are_refused(real: float) -> None:
    with pytest.raises(OutOfRange):
        FixedPointMultiplier.nearest(real)


def test_what_is_no_accumulator_is_refused() -> None:
    half = FixedPointMultiplier.nearest(0.5)
    with pytest.raises(WrongDtype):
        requantize([1.0], half, 0, Grid.signed(8))
    with pytest.raises(OutOfRange, match="int32"):
        requantize([2**31], half, 0, Grid.signed(8))
    with pytest.raises(OutOfRange, match="positive"):
        requantize_in_floats([1], -0.5, 0, Grid.signed(8))
    for axis in (0, 5):
        with pytest.raises(OutOfRange, match="multipliers"):
            requantize_channels([1, 2], [half], 0, Grid.signed(8), axis=axis)
    with pytest.raises(NotFinite):
        requantize_in_floats([1], np.nan, 0, Grid.signed(8))
    with pytest.raises(OutOfRange):
        FixedPointMultiplier(5, 0)
