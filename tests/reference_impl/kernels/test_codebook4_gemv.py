import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import EmptyInput, OutOfRange, WrongDtype
from reference_impl.kernels.codebook4_gemv import TIERS, codebook4_gemv, pack_codebook4

all_tiers = pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)


@all_tiers
@settings(deadline=None)
@given(
    rows=st.integers(1, 20), columns=st.integers(1, 400), start=st.integers(0, 3), seed=st.integers(0, 2**32)
)
def test_every_tier_gives_the_exact_sums_of_the_looked_up_weights(tier, rows, columns, start, seed):
    random = np.random.default_rng(seed)
    codebook = random.integers(-128, 128, 16, dtype=np.int8)
    codes = random.integers(0, 16, (rows, 2 * columns), dtype=np.uint8)[:, ::2]
    vector = random.integers(-128, 128, columns + start, dtype=np.int8)[start:]
    exact = codebook[codes].astype(np.int64) @ vector.astype(np.int64)
    np.testing.assert_array_equal(codebook4_gemv(pack_codebook4(codes, codebook, tier=tier), vector), exact)


@all_tiers
@pytest.mark.parametrize("rows", [1, 15, 16, 17])
@pytest.mark.parametrize("columns", [1, 4, 8, 15, 16, 17, 63, 64, 65])
@pytest.mark.parametrize(("weight", "value"), [(-128, -128), (-128, 127), (127, -128), (127, 127)])
def test_the_ends_of_the_range_are_exact_at_every_edge_of_the_layout(tier, rows, columns, weight, value):
    codes = (np.arange(rows * columns) % 16).astype(np.uint8).reshape(rows, columns)
    packed = pack_codebook4(codes, np.full(16, weight, np.int8), tier=tier)
    result = codebook4_gemv(packed, np.full(columns, value, np.int8))
    np.testing.assert_array_equal(result, np.full(rows, columns * weight * value))


@all_tiers
def test_the_largest_sums_do_not_wrap(tier):
    packed = pack_codebook4(np.zeros((1, 65_535), np.uint8), np.full(16, -128, np.int8), tier=tier)
    assert codebook4_gemv(packed, np.full(65_535, -128, np.int8)) == [65_535 * 128 * 128]


@all_tiers
def test_padding_counts_for_nothing_where_code_zero_stands_for_a_weight(tier):
    packed = pack_codebook4(np.zeros((1, 1), np.uint8), np.full(16, -128, np.int8), tier=tier)
    assert codebook4_gemv(packed, np.array([-128], np.int8)) == [128 * 128]


@all_tiers
def test_packed_codes_take_half_a_byte_each(tier):
    packed = pack_codebook4(np.zeros((16, 1024), np.uint8), np.zeros(16, np.int8), tier=tier)
    assert packed.data.nbytes == 16 * 1024 // 2


@pytest.mark.parametrize(
    ("codes", "codebook", "error"),
    [
        (np.full((1, 1), 16, np.uint8), np.zeros(16, np.int8), OutOfRange),
        (np.zeros((1, 1), np.int8), np.zeros(16, np.int8), WrongDtype),
        (np.zeros((1, 0), np.uint8), np.zeros(16, np.int8), EmptyInput),
        (np.zeros((1, 1), np.uint8), np.zeros(15, np.int8), OutOfRange),
        (np.zeros((1, 1), np.uint8), np.zeros(16), WrongDtype),
    ],
)
def test_codes_that_cannot_be_packed_are_refused(codes, codebook, error):
    with pytest.raises(error):
        pack_codebook4(codes, codebook)


def test_a_vector_of_another_length_is_refused():
    with pytest.raises(OutOfRange, match="expected 2, got 3"):
        codebook4_gemv(
            pack_codebook4(np.zeros((1, 2), np.uint8), np.zeros(16, np.int8)), np.zeros(3, np.int8)
        )
