import numpy as np
import pytest

from reference_impl.errors import NotFinite, OutOfRange, WrongDtype
from reference_impl.kernels import self_tests
from reference_impl.kernels.requantization import Requantization, requantize
from reference_impl.kernels.tiers import Tier, cpu_allows


def test_sums_far_outside_are_clamped_on_their_own_side():
    sums = np.array([[2**31 - 1], [-(2**31)], [0]], np.int32)
    assert requantize(sums, Requantization(np.ones(1, np.float32))).ravel().tolist() == [127, -128, 0]
    unsigned = Requantization(np.ones(1, np.float32), 128, np.uint8)
    assert requantize(sums, unsigned).ravel().tolist() == [255, 0, 128]


def test_products_beyond_float32_are_clamped_without_a_warning():
    sums = np.array([[2**30], [-(2**30)]], np.int32)
    assert requantize(sums, Requantization(np.full(1, 3e38, np.float32))).ravel().tolist() == [127, -128]


def test_the_zero_point_is_added_after_rounding():
    how = Requantization(np.full(1, 0.5, np.float32), 1)
    assert requantize(np.array([[1], [3]], np.int32), how).ravel().tolist() == [1, 3]


def test_relu_is_a_lowest_result_at_the_zero_point():
    how = Requantization(np.ones(1, np.float32), -5, np.int8, -5)
    assert requantize(np.array([[-9], [9]], np.int32), how).ravel().tolist() == [-5, 4]


@pytest.mark.skipif(not cpu_allows(Tier.VNNI), reason="this CPU has no AVX-512 byte dot products")
def test_sixteen_at_a_time_round_like_numpy():
    assert self_tests.rounding_is_right()


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"multiplier": np.array([np.nan], np.float32)}, NotFinite),
        ({"multiplier": np.array([0.0], np.float32)}, OutOfRange),
        ({"multiplier": np.array([1.0])}, WrongDtype),
        ({"multiplier": np.ones(1, np.float32), "dtype": np.int16}, WrongDtype),
        ({"multiplier": np.ones(1, np.float32), "zero_point": 128}, OutOfRange),
        ({"multiplier": np.ones(1, np.float32), "lowest": 128}, OutOfRange),
    ],
)
def test_a_requantization_that_makes_no_sense_is_refused(options, error):
    with pytest.raises(error):
        Requantization(**options)
