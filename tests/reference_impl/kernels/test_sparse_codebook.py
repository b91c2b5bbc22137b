import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange, WrongDtype
from reference_impl.kernels.sparse_codebook import HEAD_BYTES, dense, pack_sparse_codebook
from reference_impl.kernels.sparse_spmm import sparse_spmm
from reference_impl.kernels.sparse_spmv import TIERS, sparse_spmv

all_tiers = pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)


def problem(rows, columns, density, code_bits, seed):
    """Whole numbers small enough that every float32 sum is exact in any order."""
    random = np.random.default_rng(seed)
    codebook = random.integers(-8, 9, 2**code_bits).astype(np.float32)
    codebook[0] = 0
    # Rows of very different lengths, some empty.
    kept = random.random((rows, columns)) < density * random.integers(0, 3, (rows, 1))
    codes = np.where(kept, random.integers(1, 2**code_bits, (rows, columns)), 0).astype(np.uint8)
    return codes, codebook, random.integers(-8, 9, (columns, 70)).astype(np.float32)


problems = given(
    rows=st.integers(1, 40),
    columns=st.integers(1, 300),
    density=st.sampled_from([0.0, 0.005, 0.1, 0.5]),
    gap_bits=st.sampled_from([4, 5]),
    code_bits=st.sampled_from([4, 5]),
    seed=st.integers(0, 2**32),
)


@problems
def test_packing_loses_nothing(rows, columns, density, gap_bits, code_bits, seed):
    codes, codebook, _ = problem(rows, columns, density, code_bits, seed)
    packed = pack_sparse_codebook(codes, codebook, gap_bits=gap_bits, code_bits=code_bits)
    np.testing.assert_array_equal(dense(packed), codebook[codes])
    assert packed.entries >= np.count_nonzero(codes)


@all_tiers
@settings(deadline=None)
@problems
def test_every_tier_multiplies_a_vector_exactly(tier, rows, columns, density, gap_bits, code_bits, seed):
    codes, codebook, batch = problem(rows, columns, density, code_bits, seed)
    packed = pack_sparse_codebook(codes, codebook, gap_bits=gap_bits, code_bits=code_bits)
    # A column of a matrix: neighbours are 70 elements apart.
    np.testing.assert_array_equal(sparse_spmv(packed, batch[:, 0], tier=tier), codebook[codes] @ batch[:, 0])


@all_tiers
@settings(deadline=None)
@problems
def test_every_tier_multiplies_a_batch_exactly(tier, rows, columns, density, gap_bits, code_bits, seed):
    codes, codebook, batch = problem(rows, columns, density, code_bits, seed)
    packed = pack_sparse_codebook(codes, codebook, gap_bits=gap_bits, code_bits=code_bits)
    for count in (37, 64, 70):
        result = sparse_spmm(packed, batch[:, :count], tier=tier)
        np.testing.assert_array_equal(result, codebook[codes] @ batch[:, :count])


@all_tiers
def test_every_tier_multiplies_more_rows_than_a_window_holds(tier):
    codes, codebook, batch = problem(300, 140, 0.1, 5, 11)
    codes[270:] = 1
    packed = pack_sparse_codebook(codes, codebook)
    np.testing.assert_array_equal(dense(packed), codebook[codes])
    np.testing.assert_array_equal(sparse_spmv(packed, batch[:, 0], tier=tier), codebook[codes] @ batch[:, 0])
    np.testing.assert_array_equal(sparse_spmm(packed, batch, tier=tier), codebook[codes] @ batch)


@all_tiers
def test_real_numbers_agree_to_float32_accuracy(tier):
    random = np.random.default_rng(3)
    codes = np.where(random.random((100, 300)) < 0.1, random.integers(1, 32, (100, 300)), 0).astype(np.uint8)
    codebook = np.concatenate([[0], random.standard_normal(31)]).astype(np.float32)
    vector = random.standard_normal(300).astype(np.float32)
    exact = codebook.astype(np.float64)[codes] @ vector
    np.testing.assert_allclose(
        sparse_spmv(pack_sparse_codebook(codes, codebook), vector, tier=tier), exact, atol=1e-5
    )


@all_tiers
def test_a_batch_of_real_numbers_agrees_to_float32_accuracy(tier):
    random = np.random.default_rng(4)
    codes = np.where(random.random((100, 300)) < 0.1, random.integers(1, 32, (100, 300)), 0).astype(np.uint8)
    codebook = np.concatenate([[0], random.standard_normal(31)]).astype(np.float32)
    batch = random.standard_normal((300, 64)).astype(np.float32)
    exact = codebook.astype(np.float64)[codes] @ batch
    np.testing.assert_allclose(
        sparse_spmm(pack_sparse_codebook(codes, codebook), batch, tier=tier), exact, atol=1e-5
    )


def test_an_entry_takes_as_many_bits_as_its_gap_and_its_code():
    codes = np.ones((16, 100), np.uint8)
    packed = pack_sparse_codebook(codes, np.array([0, 1], np.float32), gap_bits=4, code_bits=5)
    assert packed.size_bytes * 8 == 16 * 100 * 9 + HEAD_BYTES * 8


def test_rows_without_entries_cost_heads_only():
    packed = pack_sparse_codebook(np.zeros((40, 300), np.uint8), np.zeros(1, np.float32))
    slices, blocks = 3, 3
    assert packed.entries == 0
    assert packed.size_bytes == slices * blocks * HEAD_BYTES


def test_rows_of_like_length_share_a_slice():
    codes = np.zeros((256, 100), np.uint8)
    codes[::16] = 1
    packed = pack_sparse_codebook(codes, np.array([0, 1], np.float32))
    assert packed.size_bytes * 8 == 16 * 100 * 10 + 16 * HEAD_BYTES * 8


def test_a_gap_that_does_not_fit_costs_fillers():
    codes = np.zeros((1, 100), np.uint8)
    codes[0, 99] = 1
    packed = pack_sparse_codebook(codes, np.array([0, 1], np.float32), gap_bits=4)
    assert packed.entries == 7


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"codes": np.zeros((1, 1), np.int32)}, WrongDtype),
        ({"codes": np.zeros((1, 0), np.uint8)}, EmptyInput),
        ({"codes": np.full((1, 1), 2, np.uint8)}, OutOfRange),
        ({"codebook": np.array([1, 2], np.float32)}, OutOfRange),
        ({"codebook": np.array([0, np.inf], np.float32)}, NotFinite),
        ({"codebook": np.zeros(33, np.float32)}, OutOfRange),
        ({"gap_bits": 6}, OutOfRange),
        ({"code_bits": 3}, OutOfRange),
    ],
)
def test_what_cannot_be_packed_is_refused(changes, error):
    whole = {"codes": np.ones((2, 2), np.uint8), "codebook": np.array([0, 1], np.float32)}
    with pytest.raises(error):
        pack_sparse_codebook(**(whole | changes))


@all_tiers
@pytest.mark.parametrize(
    ("vector", "error"),
    [
        (np.ones(2), WrongDtype),
        (np.ones(3, np.float32), OutOfRange),
        (np.array([1, np.nan], np.float32), NotFinite),
        (np.array([-np.inf, 1], np.float32), NotFinite),
        (np.array([0, np.inf], np.float32), NotFinite),
    ],
)
def test_a_right_side_that_does_not_fit_is_refused(tier, vector, error):
    packed = pack_sparse_codebook(np.ones((2, 2), np.uint8), np.array([0, 1], np.float32))
    with pytest.raises(error):
        sparse_spmv(packed, vector, tier=tier)
    with pytest.raises(error):
        sparse_spmm(packed, vector[:, None], tier=tier)
