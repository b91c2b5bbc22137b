import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import CompressionError, CorruptData, NotFinite, OutOfRange
from reference_impl.sparse import csr, relative_index, sizes
from reference_impl.sparse.relative_array import RelativeArray, from_relative, to_relative
from reference_impl.sparse.relative_index import GapField

seeds = st.integers(0, 2**16)
fields = st.sampled_from(GapField)


def sparse_matrix(seed: int, rows: int, columns: int, density: float) -> np.ndarray:
    draw = np.random.default_rng(seed)
    return draw.normal(size=(rows, columns)) * (draw.random((rows, columns)) < density)


@given(
    seed=seeds, rows=st.integers(1, 9), columns=st.integers(1, 30), density=st.floats(0, 1), data=st.data()
)
def test_arrays_hold_what_entry_by_entry_encoding_gives(
    seed: int, rows: int, columns: int, density: float, data: st.DataObject
) -> None:
    gap_bits, field = data.draw(st.integers(1, 8)), data.draw(fields)
    dense = sparse_matrix(seed, rows, columns, density)
    array = to_relative(dense, gap_bits=gap_bits, field=field)
    places = np.flatnonzero(dense)
    gaps, stored = relative_index.encode(
        (places + 1).tolist(), dense.ravel()[places].tolist(), gap_bits=gap_bits, field=field
    )
    assert array.codes.tolist() == field.codes(gaps)
    assert array.values.tolist() == stored
    assert field.gaps(array.codes.tolist()) == gaps
    np.testing.assert_array_equal(from_relative(array), dense)


@given(seed=seeds, gap_bits=st.integers(1, 8), field=fields, density=st.floats(0, 1))
def test_every_code_fits_its_field_and_the_size_is_exact(
    seed: int, gap_bits: int, field: GapField, density: float
) -> None:
    dense = sparse_matrix(seed, 4, 40, density)
    array = to_relative(dense, gap_bits=gap_bits, field=field)
    assert all(1 - field.value <= code < 2**gap_bits for code in array.codes)
    fillers = int((array.values == 0).sum())
    nonzeros = int(np.count_nonzero(dense))
    expected = sizes.relative_bits(nonzeros, fillers, gap_bits=gap_bits, value_bits=4)
    assert array.size_bits(4) == expected


def test_the_two_conventions_differ_at_a_gap_of_eight_in_three_bits() -> None:
    dense = [0, 0, 0, 0, 0, 0, 0, 5.0]
    assert to_relative(dense, gap_bits=3).codes.tolist() == [7]
    assert to_relative(dense, gap_bits=3, field=GapField.PLAIN).codes.tolist() == [7, 1]


def test_damaged_gaps_are_noticed() -> None:
    with pytest.raises(CorruptData, match="zero"):
        from_relative(RelativeArray(np.array([0]), np.array([1.0]), (3,), 3, GapField.PLAIN))
    with pytest.raises(CorruptData, match="position 4 of 3"):
        from_relative(RelativeArray(np.array([3]), np.array([1.0]), (3,), 3))
    with pytest.raises(CorruptData, match="zero"):
        GapField.PLAIN.gaps([0])
    with pytest.raises(CorruptData, match="increase"):
        relative_index.decode([0], [1.0])


@given(seed=seeds, rows=st.integers(1, 8), columns=st.integers(1, 8), density=st.floats(0, 1))
def test_the_product_is_that_of_the_dense_matrix_and_of_torch(
    seed: int, rows: int, columns: int, density: float
) -> None:
    dense = sparse_matrix(seed, rows, columns, density)
    vector = np.random.default_rng(seed + 1).normal(size=columns)
    matrix = csr.to_csr(dense)
    np.testing.assert_allclose(csr.matvec(matrix, vector), dense @ vector, atol=1e-12)
    assert matrix.row_starts.tolist() == [int(np.count_nonzero(dense[:i])) for i in range(rows + 1)]
    coordinates = torch.tensor(dense).to_sparse_coo().coalesce()
    assert matrix.columns.tolist() == coordinates.indices()[1].tolist()
    assert matrix.values.tolist() == coordinates.values().tolist()


def test_an_empty_row_gives_zero() -> None:
    matrix = csr.to_csr(np.array([[0, 0], [3, 0], [-0.0, 0]]))
    assert matrix.values.tolist() == [3]
    assert csr.matvec(matrix, [2, 9]).tolist() == [0, 6, 0]
    assert csr.matvec(csr.to_csr(np.zeros((0, 2))), [1, 1]).shape == (0,)


@given(
    nonzeros=st.integers(0, 60),
    rows=st.integers(1, 10),
    columns=st.integers(6, 300),
    value_bits=st.integers(1, 32),
)
def test_sizes_count_every_number_once(nonzeros: int, rows: int, columns: int, value_bits: int) -> None:
    nonzeros = min(nonzeros, rows * columns)
    whole = sizes.csr_bits(nonzeros, rows, columns, value_bits=7, column_bits=7, start_bits=7)
    assert whole == 7 * csr.stored_numbers(nonzeros, rows)
    least = sizes.csr_bits(nonzeros, rows, columns, value_bits=value_bits)
    assert least <= sizes.csr_bits(
        nonzeros, rows, columns, value_bits=value_bits, column_bits=32, start_bits=32
    )
    bitmap = sizes.bitmap_bits(nonzeros, rows * columns, value_bits=value_bits)
    assert bitmap - nonzeros * value_bits == rows * columns
    assert sizes.position_bound_bits(nonzeros, rows * columns) <= rows * columns + 1e-9


@given(largest=st.integers(0, 2**40))
def test_the_least_field_holds_the_largest_and_no_smaller_one_does(largest: int) -> None:
    bits = sizes.least_bits(largest)
    assert largest < 2**bits
    assert bits == 1 or largest >= 2 ** (bits - 1)


def test_half_the_positions_cost_a_bit_each() -> None:
    assert sizes.position_bound_bits(50, 100) == 100
    assert sizes.position_bound_bits(0, 0) == 0
    assert sizes.dense_bits(10, value_bits=4) == 40


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: csr.to_csr([1.0]), OutOfRange),
        (lambda: csr.to_csr([[np.nan]]), NotFinite),
        (lambda: csr.matvec(csr.to_csr([[1.0, 2.0]]), [1.0]), OutOfRange),
        (lambda: relative_index.encode([1], [0.0], gap_bits=3), OutOfRange),
        (lambda: to_relative([1.0], gap_bits=0), OutOfRange),
        (lambda: to_relative([1.0], gap_bits=33), OutOfRange),
        (lambda: sizes.bitmap_bits(5, 4), OutOfRange),
    ],
)
def test_what_cannot_be_stored_is_refused(call, error: type[CompressionError]) -> None:
    with pytest.raises(error):
        call()
