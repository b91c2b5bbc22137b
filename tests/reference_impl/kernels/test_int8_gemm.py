import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange, WrongDtype
from reference_impl.kernels.int8_gemm import TIERS, int8_gemm, pack_gemm_weights
from reference_impl.kernels.requantization import Requantization

all_tiers = pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)


def operands(rows, inner, columns, seed):
    random = np.random.default_rng(seed)
    left = random.integers(-128, 128, (rows, 2 * inner), dtype=np.int8)[:, ::2]
    weights = random.integers(-128, 128, (columns, inner), dtype=np.int8).T
    bias = random.integers(-(2**20), 2**20, columns, dtype=np.int32)
    return left, weights, bias


@all_tiers
@settings(deadline=None, max_examples=60)
@given(
    rows=st.integers(1, 70),
    inner=st.integers(1, 200),
    columns=st.integers(1, 140),
    zero_point=st.integers(-128, 127),
    seed=st.integers(0, 2**32),
)
def test_every_tier_gives_the_exact_sums_of_any_shape(tier, rows, inner, columns, zero_point, seed):
    left, weights, bias = operands(rows, inner, columns, seed)
    exact = (left.astype(np.int64) - zero_point) @ weights.astype(np.int64) + bias
    packed = pack_gemm_weights(weights, tier=tier)
    np.testing.assert_array_equal(int8_gemm(left, packed, bias=bias, left_zero_point=zero_point), exact)


@all_tiers
@settings(deadline=None, max_examples=60)
@given(
    rows=st.integers(1, 40),
    columns=st.integers(1, 90),
    zero_point=st.integers(0, 127),
    dtype=st.sampled_from([np.int8, np.uint8]),
    relu=st.booleans(),
    seed=st.integers(0, 2**32),
)
def test_requantized_bytes_are_the_same_on_every_tier(tier, rows, columns, zero_point, dtype, relu, seed):
    left, weights, bias = operands(rows, 77, columns, seed)
    multiplier = np.random.default_rng(seed).uniform(1e-5, 1e-2, columns).astype(np.float32)
    how = Requantization(multiplier, zero_point, dtype, zero_point if relu else None)
    sums = (left.astype(np.int64) @ weights.astype(np.int64) + bias).astype(np.float32)
    lowest = zero_point if relu else np.iinfo(dtype).min
    wanted = np.clip(np.rint(sums * multiplier) + np.float32(zero_point), lowest, np.iinfo(dtype).max)
    result = int8_gemm(left, pack_gemm_weights(weights, tier=tier), bias=bias, requantization=how)
    assert result.dtype == dtype
    np.testing.assert_array_equal(result, wanted.astype(dtype))


@all_tiers
def test_halves_are_rounded_to_even(tier):
    left = np.array([[1], [2], [3], [5], [-1], [-3]], np.int8)
    how = Requantization(np.array([0.5], np.float32))
    result = int8_gemm(left, pack_gemm_weights(np.ones((1, 1), np.int8), tier=tier), requantization=how)
    assert result.ravel().tolist() == [0, 1, 2, 2, 0, -2]


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
