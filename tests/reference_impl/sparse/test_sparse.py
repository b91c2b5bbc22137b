import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.sparse import csr, relative_index

positions = st.sets(st.integers(1, 400), min_size=1, max_size=30).map(sorted)


def test_the_example_of_the_paper() -> None:
    gaps, stored = relative_index.encode([1, 4, 15], [3.4, 0.9, 1.7], gap_bits=3)
    assert gaps == [1, 3, 8, 3]
    assert stored == [3.4, 0.9, 0.0, 1.7]


@given(positions=positions, gap_bits=st.integers(1, 8))
def test_decoding_gives_back_what_was_encoded(positions: list[int], gap_bits: int) -> None:
    values = [float(p) for p in positions]
    assert relative_index.decode(*relative_index.encode(positions, values, gap_bits=gap_bits)) == (
        positions,
        values,
    )


@given(positions=positions, gap_bits=st.integers(1, 8))
def test_every_gap_fits_its_field_and_no_filler_is_needless(positions: list[int], gap_bits: int) -> None:
    gaps, stored = relative_index.encode(positions, [1.0] * len(positions), gap_bits=gap_bits)
    assert all(1 <= gap <= 2**gap_bits for gap in gaps)
    assert all(gap == 2**gap_bits for gap, value in zip(gaps, stored, strict=True) if value == 0)
    longest = max(np.diff([0, *positions]))
    assert (relative_index.filler_count(positions, gap_bits=gap_bits) == 0) == (longest <= 2**gap_bits)


def test_positions_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="must increase"):
        relative_index.encode([4, 4], [1.0, 1.0], gap_bits=3)


@given(seed=st.integers(0, 2**16), rows=st.integers(1, 8), columns=st.integers(1, 8), density=st.floats(0, 1))
def test_csr_gives_back_the_matrix_and_stores_what_it_says(
    seed: int, rows: int, columns: int, density: float
) -> None:
    draw = np.random.default_rng(seed)
    dense = draw.normal(size=(rows, columns)) * (draw.random((rows, columns)) < density)
    sparse = csr.to_csr(dense)
    np.testing.assert_array_equal(csr.to_dense(sparse), dense)
    stored = sparse.values.size + sparse.columns.size + sparse.row_starts.size
    assert stored == csr.stored_numbers(int(np.count_nonzero(dense)), rows)
