"""Laws of affine quantization."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from reference_impl.quantization.affine import QParams, choose_qparams, dequantize, quantize

bounds = st.floats(-1e6, 1e6).map(lambda value: round(value, 6) + 0.0)  # steps that float32 can still hold
ranges = st.tuples(bounds, bounds).map(sorted)
widths = st.integers(1, 8)
scales = st.floats(1e-3, 1e3)


@given(ranges, widths)
def test_the_scale_is_positive_and_the_zero_point_a_code(bounds: list[float], bits: int) -> None:
    scale, zero_point = choose_qparams(*bounds, bits=bits)

    assert scale > 0
    assert isinstance(zero_point, int)
    assert 0 <= zero_point <= 2**bits - 1


@given(ranges, widths)
def test_zero_comes_back_as_exactly_zero(bounds: list[float], bits: int) -> None:
    scale, zero_point = choose_qparams(*bounds, bits=bits)

    assert quantize(0.0, scale, zero_point, bits=bits) == zero_point
    assert dequantize(np.uint8(zero_point), scale, zero_point) == 0.0


@given(ranges, widths, st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_inside_the_range_the_round_trip_errs_by_at_most_half_a_step(
    bounds: list[float], bits: int, places: list[float]
) -> None:
    lo, hi = bounds
    x = np.clip(lo + np.array(places) * (hi - lo), lo, hi)
    scale, zero_point = choose_qparams(lo, hi, bits=bits)

    back = dequantize(quantize(x, scale, zero_point, bits=bits), scale, zero_point)

    assert np.all(np.abs(back - x) <= scale / 2 * (1 + 1e-6) + np.abs(x) * 1e-6)


@given(scales, st.integers(0, 255), st.integers(0, 255))
def test_every_code_comes_back_as_itself(scale: float, zero_point: int, code: int) -> None:
    real = dequantize(np.uint8(code), scale, zero_point)

    assert quantize(real, scale, zero_point) == code


@given(
    arrays(np.float64, array_shapes(min_dims=1, max_dims=2), elements=st.floats(-1e4, 1e4)),
    scales,
    st.integers(0, 255),
    widths,
)
def test_larger_values_never_get_smaller_codes(
    x: np.ndarray, scale: float, zero_point: int, bits: int
) -> None:
    codes = quantize(np.sort(x, axis=None), scale, zero_point, bits=bits)

    assert np.all(np.diff(codes.astype(int)) >= 0)
    assert codes.max() <= 2**bits - 1


@given(
    arrays(
        np.float32, array_shapes(min_dims=0, max_dims=3, min_side=0), elements=st.floats(-100, 100, width=32)
    )
)
def test_shapes_are_kept_dtypes_are_small_and_inputs_stay_as_they_were(x: np.ndarray) -> None:
    before = x.copy()

    codes = quantize(x, 0.5, 3)
    real = dequantize(codes, 0.5, 3)

    assert codes.shape == real.shape == x.shape
    assert (codes.dtype, real.dtype) == (np.uint8, np.float32)
    assert np.array_equal(x, before)


@given(ranges, widths, st.sampled_from([0.25, 0.5, 2.0, 8.0]))
def test_a_range_twice_as_wide_has_steps_twice_as_wide(bounds: list[float], bits: int, factor: float) -> None:
    lo, hi = bounds
    one, other = choose_qparams(lo, hi, bits=bits), choose_qparams(lo * factor, hi * factor, bits=bits)

    if (lo, hi) != (0.0, 0.0):
        assert other.scale == pytest.approx(one.scale * factor)
        assert other.zero_point == one.zero_point


def test_ties_go_to_the_even_step_before_the_zero_point_is_added() -> None:
    halves = np.array([0.5, 1.5, 2.5, -0.5, -1.5])

    assert quantize(halves, 1.0, 3).tolist() == [3, 5, 5, 3, 1]


@pytest.mark.parametrize(
    ("lo", "hi", "bits", "expected"),
    [
        (-1.0, 3.0, 2, QParams(4 / 3, 1)),
        (0.0, 0.0, 8, QParams(1.0, 0)),
        (2.0, 5.0, 2, QParams(5 / 3, 0)),
        (-5.0, -2.0, 2, QParams(5 / 3, 3)),
        (4.0, 4.0, 8, QParams(4 / 255, 0)),
        (-1.0, 1.0, 1, QParams(2.0, 0)),
    ],
)
def test_known_parameters(lo: float, hi: float, bits: int, expected: QParams) -> None:
    assert choose_qparams(lo, hi, bits=bits) == pytest.approx(expected)


def test_a_constant_tensor_comes_back_as_itself() -> None:
    scale, zero_point = choose_qparams(4.0, 4.0)

    assert dequantize(quantize(4.0, scale, zero_point), scale, zero_point) == 4.0


def test_infinities_saturate_and_not_a_number_is_refused() -> None:
    assert quantize([np.inf, -np.inf], 1.0, 5, bits=4).tolist() == [15, 0]
    with pytest.raises(ValueError, match="NaN"):
        quantize([np.nan], 1.0, 0)


@pytest.mark.parametrize(
    ("lo", "hi", "bits"), [(1.0, 0.0, 8), (0.0, np.inf, 8), (np.nan, 1.0, 8), (0.0, 1.0, 0), (0.0, 1.0, 9)]
)
def test_impossible_ranges_and_widths_are_refused(lo: float, hi: float, bits: int) -> None:
    with pytest.raises(ValueError):
        choose_qparams(lo, hi, bits=bits)
