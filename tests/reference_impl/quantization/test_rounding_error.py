"""What a round trip through codes may lose."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import OutOfRange
from reference_impl.quantization import (
    choose_qparams,
    dequantize,
    quantize,
    rounding_error_bound,
    rounding_noise_power,
)


@given(lo=st.floats(-100, -1), hi=st.floats(1, 100), bits=st.integers(2, 8))
def test_no_value_inside_the_range_errs_by_more_than_the_bound(lo: float, hi: float, bits: int) -> None:
    scale, zero_point = choose_qparams(lo, hi, bits=bits)
    first, last = -zero_point * scale, (2**bits - 1 - zero_point) * scale
    values = np.linspace(max(lo, first), min(hi, last), 501)
    back = dequantize(quantize(values, scale, zero_point, bits=bits), scale, zero_point)
    assert np.abs(back - values).max() <= rounding_error_bound(scale) + 1e-5


def test_errors_spread_over_a_step_have_the_stated_power() -> None:
    values = np.linspace(0.0, 255.0, 1_000_001)
    back = dequantize(quantize(values, 1.0, 0), 1.0, 0)
    assert np.mean((back - values) ** 2) == pytest.approx(rounding_noise_power(1.0), rel=1e-4)


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan")])
def test_a_step_of_no_width_is_refused(scale: float) -> None:
    with pytest.raises(OutOfRange):
        rounding_error_bound(scale)
    with pytest.raises(OutOfRange):
        rounding_noise_power(scale)
