"""The same three arrays as scipy and torch keep, and sizes that are those of real bytes."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.stats import entropy as scipy_entropy

from reference_impl.entropy_coding.bits import pack
from reference_impl.entropy_coding.entropy import entropy
from reference_impl.errors import CorruptData
from reference_impl.sparse.csr import CsrMatrix, to_csr, to_dense
from reference_impl.sparse.relative_array import RelativeArray, from_relative, to_relative
from reference_impl.sparse.relative_index import GapField

seeds = st.integers(0, 2**16)
shapes = st.tuples(st.integers(1, 8), st.integers(1, 20))


def sparse(seed: int, shape: tuple[int, int]) -> np.ndarray:
    draw = np.random.default_rng(seed)
    return draw.normal(size=shape) * (draw.random(shape) < 0.3)


@given(seed=seeds, shape=shapes)
def test_the_arrays_are_those_of_scipy(seed: int, shape: tuple[int, int]) -> None:
    ours, theirs = to_csr(sparse(seed, shape)), csr_matrix(sparse(seed, shape))
    assert ours.values.tolist() == theirs.data.tolist()
    assert ours.columns.tolist() == theirs.indices.tolist()
    assert ours.row_starts.tolist() == theirs.indptr.tolist()
    np.testing.assert_array_equal(to_dense(ours), theirs.toarray())


@pytest.mark.filterwarnings("ignore:Sparse CSR tensor support is in beta")
@pytest.mark.filterwarnings("ignore:Sparse invariant checks are implicitly disabled")
@given(seed=seeds, shape=shapes)
def test_the_arrays_are_those_of_torch(seed: int, shape: tuple[int, int]) -> None:
    ours, theirs = to_csr(sparse(seed, shape)), torch.tensor(sparse(seed, shape)).to_sparse_csr()
    assert ours.values.tolist() == theirs.values().tolist()
    assert ours.columns.tolist() == theirs.col_indices().tolist()
    assert ours.row_starts.tolist() == theirs.crow_indices().tolist()


@given(seed=seeds, shape=shapes, gap_bits=st.integers(1, 12), field=st.sampled_from(GapField))
def test_the_size_is_that_of_the_packed_bytes(
    seed: int, shape: tuple[int, int], gap_bits: int, field: GapField
) -> None:
    array = to_relative(sparse(seed, shape), gap_bits=gap_bits, field=field)
    gaps = pack(array.codes, gap_bits)
    indices = pack((array.values != 0).astype(int), 4)
    filling = -array.codes.size * gap_bits % 8 + -array.codes.size * 4 % 8
    assert 8 * (gaps.size + indices.size) == array.size_bits(4) + filling


@given(counts=st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any))
def test_the_entropy_is_that_of_scipy(counts: list[int]) -> None:
    assert entropy(counts) == pytest.approx(scipy_entropy(counts, base=2), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("columns", "row_starts"),
    [([0, 5], [0, 1, 2]), ([0, -1], [0, 1, 2]), ([1, 0], [0, 2, 2]), ([1, 1], [0, 2, 2])],
)
def test_columns_that_no_matrix_has_are_noticed(columns: list[int], row_starts: list[int]) -> None:
    with pytest.raises(CorruptData):
        CsrMatrix(np.ones(2), np.array(columns), np.array(row_starts), 3)


@pytest.mark.parametrize("row_starts", [[], [1, 2], [0, 2, 1], [0, 1], [0, 3]])
def test_row_starts_that_no_matrix_has_are_noticed(row_starts: list[int]) -> None:
    with pytest.raises(CorruptData):
        CsrMatrix(np.ones(2), np.array([0, 1]), np.array(row_starts, dtype=np.int64), 3)


@pytest.mark.parametrize(
    ("codes", "values", "shape"),
    [([0, 0], [1.0], (4,)), ([8], [1.0], (40,)), ([0], [1.0], (-4,)), ([0], [1.0], (2**40, 2**40))],
)
def test_gaps_that_no_tensor_has_are_noticed(
    codes: list[int], values: list[float], shape: tuple[int, ...]
) -> None:
    with pytest.raises(CorruptData):
        from_relative(RelativeArray(np.array(codes), np.array(values), shape, 3))
