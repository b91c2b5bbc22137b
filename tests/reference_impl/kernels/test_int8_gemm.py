import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import EmptyInput, OutOfRange, WrongDtype
from reference_impl.kernels.int8_gemm import TIERS, int8_gemm, pack_gemm_weights
from reference_impl.kernels.requantization import Requantization, requantize
from reference_impl.quantization.integer_linear import integer_linear

all_tiers = pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
# Without its compiler numba leaves the loops to numpy, whose scalars warn where machine code wraps and saturates.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in scalar")


def operands(rows, inner, columns, seed):
    """With strides of two and of a transposed matrix, as callers have them."""
    random = np.random.default_rng(seed)
    left = random.integers(-128, 128, (rows, 2 * inner), dtype=np.int8)[:, ::2]
    weights = random.integers(-128, 128, (columns, inner), dtype=np.int8).T
    bias = random.integers(-(2**20), 2**20, columns, dtype=np.int32)
    return left, weights, bias


@all_tiers
@settings(deadline=None, max_examples=60)
@given(
    rows=st.integers(1, 70),
    inner=st.integers(1, 300),
    columns=st.integers(1, 130),
    zero_point=st.integers(-128, 127),
    seed=st.integers(0, 2**32),
)
def test_every_tier_gives_the_sums_of_the_definition_and_of_torch(
    tier, rows, inner, columns, zero_point, seed
):
    left, weights, bias = operands(rows, inner, columns, seed)
    sums = int8_gemm(left, pack_gemm_weights(weights, tier=tier), bias=bias, left_zero_point=zero_point)
    definition = integer_linear(left, weights.T, bias, input_zero_point=zero_point)
    np.testing.assert_array_equal(sums, definition, strict=True)
    wide = torch.from_numpy(left.astype(np.float64) - zero_point) @ torch.from_numpy(weights.astype(float))
    np.testing.assert_array_equal(sums, wide.numpy() + bias)


@all_tiers
@settings(deadline=None, max_examples=60)
@given(
    rows=st.integers(1, 70),
    inner=st.integers(1, 300),
    columns=st.integers(1, 130),
    zero_point=st.integers(0, 127),
    dtype=st.sampled_from([np.int8, np.uint8]),
    relu=st.booleans(),
    scale=st.sampled_from([1e-30, 1e-4, 0.5, 1.0, 1e9, 3e38]),
    seed=st.integers(0, 2**32),
)
def test_every_tier_requantizes_to_the_bytes_of_the_definition(
    tier, rows, inner, columns, zero_point, dtype, relu, scale, seed
):
    left, weights, bias = operands(rows, inner, columns, seed)
    factors = np.random.default_rng(seed).uniform(0.5, 1, columns) * scale
    how = Requantization(factors.astype(np.float32), zero_point, dtype, zero_point if relu else None)
    sums = integer_linear(left, weights.T, bias, input_zero_point=0)
    result = int8_gemm(left, pack_gemm_weights(weights, tier=tier), bias=bias, requantization=how)
    np.testing.assert_array_equal(result, requantize(sums, how), strict=True)


@all_tiers
@pytest.mark.parametrize("columns", [1, 16, 17, 80])
def test_halves_are_rounded_to_even(tier, columns):
    left = np.array([[1], [2], [3], [5], [-1], [-3]], np.int8)
    how = Requantization(np.full(columns, 0.5, np.float32))
    packed = pack_gemm_weights(np.ones((1, columns), np.int8), tier=tier)
    result = int8_gemm(left, packed, requantization=how)
    np.testing.assert_array_equal(result, np.tile([[0], [1], [2], [2], [0], [-2]], columns))


@all_tiers
def test_the_largest_sum_fits_and_a_bias_beyond_it_wraps(tier):
    lowest = np.full((1, 65_535), -128, np.int8)
    packed = pack_gemm_weights(np.full((65_535, 1), -128, np.int8), tier=tier)
    bias = np.array([2**31 - 1], np.int32)
    result = int8_gemm(lowest, packed, bias=bias, left_zero_point=127)
    assert result == 65_535 * 128 * 255 + 2**31 - 1 - 2**32


@all_tiers
def test_rows_in_any_order_of_memory_give_the_same_sums(tier):
    left, weights, _ = operands(33, 65, 70, 3)
    packed = pack_gemm_weights(weights, tier=tier)
    np.testing.assert_array_equal(int8_gemm(np.asfortranarray(left), packed), int8_gemm(left.copy(), packed))


@pytest.mark.parametrize(
    ("left", "options", "error"),
    [
        (np.ones((1, 4), np.uint8), {}, WrongDtype),
        (np.ones((1, 3), np.int8), {}, OutOfRange),
        (np.ones((0, 4), np.int8), {}, EmptyInput),
        (np.ones((1, 4), np.int8), {"left_zero_point": 128}, OutOfRange),
        (np.ones((1, 4), np.int8), {"bias": np.ones(5)}, WrongDtype),
        (np.ones((1, 4), np.int8), {"bias": np.ones(4, np.int32)}, OutOfRange),
        (np.ones((1, 4), np.int8), {"requantization": Requantization(np.ones(4, np.float32))}, OutOfRange),
    ],
)
def test_what_does_not_fit_is_refused(left, options, error):
    with pytest.raises(error):
        int8_gemm(left, pack_gemm_weights(np.ones((4, 5), np.int8)), **options)


@pytest.mark.parametrize(
    ("weights", "error"),
    [
        (np.ones((2, 2)), WrongDtype),
        (np.ones(4, np.int8), OutOfRange),
        (np.ones((0, 4), np.int8), EmptyInput),
        (np.ones((65_536, 1), np.int8), OutOfRange),
    ],
)
def test_weights_that_cannot_be_packed_are_refused(weights, error):
    with pytest.raises(error):
        pack_gemm_weights(weights)
