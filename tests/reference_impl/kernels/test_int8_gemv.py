import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import EmptyInput, OutOfRange, WrongDtype
from reference_impl.kernels.int8_gemv import TIERS, int8_gemv, pack_gemv_weights
from reference_impl.kernels.tiers import Tier

all_tiers = pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)


def definition(weights, vector):
    return (weights.astype(np.int64) @ vector.astype(np.int64)).astype(np.int32)


@all_tiers
@settings(deadline=None)
@given(
    rows=st.integers(1, 40), columns=st.integers(1, 300), start=st.integers(0, 3), seed=st.integers(0, 2**32)
)
def test_every_tier_gives_the_exact_sums_of_any_shape_and_alignment(tier, rows, columns, start, seed):
    random = np.random.default_rng(seed)
    weights = random.integers(-128, 128, (rows, 2 * columns), dtype=np.int8)[:, ::2]
    vector = random.integers(-128, 128, columns + start, dtype=np.int8)[start:]
    np.testing.assert_array_equal(
        int8_gemv(pack_gemv_weights(weights, tier=tier), vector), definition(weights, vector)
    )


@all_tiers
@pytest.mark.parametrize("rows", [1, 15, 16, 17])
@pytest.mark.parametrize("columns", [1, 4, 15, 16, 17, 63, 64, 65])
@pytest.mark.parametrize(("weight", "value"), [(-128, -128), (-128, 127), (127, -128), (127, 127)])
def test_the_ends_of_the_range_are_exact_at_every_edge_of_the_layout(tier, rows, columns, weight, value):
    packed = pack_gemv_weights(np.full((rows, columns), weight, np.int8), tier=tier)
    result = int8_gemv(packed, np.full(columns, value, np.int8))
    np.testing.assert_array_equal(result, np.full(rows, columns * weight * value))


@all_tiers
def test_the_largest_sums_do_not_wrap(tier):
    lowest = np.full((1, 65_535), -128, np.int8)
    assert int8_gemv(pack_gemv_weights(lowest, tier=tier), lowest[0]) == [65_535 * 128 * 128]


@all_tiers
def test_a_large_matrix_and_a_vector_with_a_stride_give_the_same_sums(tier):
    random = np.random.default_rng(7)
    weights = random.integers(-128, 128, (701, 1601), dtype=np.int8)
    vector = random.integers(-128, 128, 3202, dtype=np.int8)[::2]
    packed = pack_gemv_weights(weights, tier=tier)
    np.testing.assert_array_equal(int8_gemv(packed, vector), definition(weights, vector))


def test_the_portable_tier_and_the_definition_are_always_there():
    assert {Tier.PORTABLE, Tier.NUMPY} <= set(TIERS)


def test_packed_weights_do_not_see_later_changes():
    weights = np.ones((1, 1), np.int8)
    packed = pack_gemv_weights(weights)
    weights[:] = 9
    assert int8_gemv(packed, np.ones(1, np.int8)) == [1]


@pytest.mark.parametrize(
    ("weights", "error"),
    [
        (np.ones((2, 2)), WrongDtype),
        ([[1, 2]], WrongDtype),
        (np.ones(4, np.int8), OutOfRange),
        (np.ones((0, 4), np.int8), EmptyInput),
        (np.ones((1, 65_536), np.int8), OutOfRange),
    ],
)
def test_weights_that_cannot_be_packed_are_refused(weights, error):
    with pytest.raises(error):
        pack_gemv_weights(weights)


@pytest.mark.parametrize(
    ("vector", "error"),
    [(np.ones(3), WrongDtype), (np.ones(2, np.int8), OutOfRange), (np.ones((3, 1), np.int8), OutOfRange)],
)
def test_a_vector_that_does_not_fit_is_refused(vector, error):
    with pytest.raises(error):
        int8_gemv(pack_gemv_weights(np.ones((2, 3), np.int8)), vector)
