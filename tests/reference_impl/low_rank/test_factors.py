import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import CompressionError, EmptyInput, NotFinite, OutOfRange
from reference_impl.low_rank.break_even import break_even_rank, factor_parameters, largest_saving_rank
from reference_impl.low_rank.factors import factorise, rank_for_error, tail_error

seeds = st.integers(0, 2**16)
sides = st.integers(1, 9)


def drawn(seed: int, rows: int, columns: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, columns))


@given(seed=seeds, rows=sides, columns=sides, data=st.data())
def test_the_error_is_the_tail_of_the_singular_values(
    seed: int, rows: int, columns: int, data: st.DataObject
) -> None:
    matrix = drawn(seed, rows, columns)
    rank = data.draw(st.integers(1, min(rows, columns)))
    factors = factorise(matrix, rank)
    missed = matrix - factors.product()
    singular = torch.linalg.svdvals(torch.tensor(matrix)).numpy()
    assert np.linalg.norm(missed) == pytest.approx(tail_error(matrix, rank), abs=1e-9)
    assert tail_error(matrix, rank) == pytest.approx(np.linalg.norm(singular[rank:]), abs=1e-9)
    past = singular[rank] if rank < len(singular) else 0.0
    assert np.linalg.norm(missed, 2) == pytest.approx(past, abs=1e-9)
    assert factors.rank == rank
    assert factors.parameters == factor_parameters(rows, columns, rank)


@given(seed=seeds, rank=st.integers(1, 4))
def test_no_other_factors_of_the_rank_are_nearer(seed: int, rank: int) -> None:
    matrix = drawn(seed, 6, 5)
    left, right = drawn(seed + 1, 6, rank), drawn(seed + 2, rank, 5)
    others = left @ np.linalg.lstsq(left, matrix, rcond=None)[0]
    assert tail_error(matrix, rank) <= np.linalg.norm(matrix - others) + 1e-9
    assert tail_error(left @ right, rank) == pytest.approx(0, abs=1e-9)


@given(seed=seeds, error=st.floats(0, 1))
def test_the_rank_for_an_error_is_the_least(seed: int, error: float) -> None:
    matrix = drawn(seed, 6, 4)
    rank, whole = rank_for_error(matrix, error), np.linalg.norm(matrix)
    assert tail_error(matrix, rank) <= error * whole + 1e-9
    assert rank == 1 or tail_error(matrix, rank - 1) > error * whole - 1e-9


@given(seed=seeds, rank=st.integers(1, 4), unit=st.sampled_from([1e-120, 1.0, 1e120]))
def test_an_error_of_zero_asks_for_the_rank_of_the_matrix(seed: int, rank: int, unit: float) -> None:
    matrix = drawn(seed, 7, rank) @ drawn(seed + 1, rank, 6) * unit
    assert rank_for_error(matrix, 0.0) == np.linalg.matrix_rank(matrix)
    assert tail_error(matrix, 0) == pytest.approx(np.linalg.norm(matrix / unit) * unit, rel=1e-9)


def test_a_zero_matrix_has_zero_factors() -> None:
    assert not factorise(np.zeros((3, 2)), 2).product().any()
    assert rank_for_error(np.zeros((3, 2)), 0.0) == 1
    assert tail_error([[3.0, 0.0], [0.0, 4.0]], 0) == pytest.approx(5)


@given(rows=st.integers(1, 500), columns=st.integers(1, 500))
def test_factors_save_up_to_the_break_even_rank_only(rows: int, columns: int) -> None:
    saving = largest_saving_rank(rows, columns)
    assert saving * (rows + columns) < rows * columns <= (saving + 1) * (rows + columns)
    assert saving < break_even_rank(rows, columns)


def test_a_square_matrix_breaks_even_at_half_its_side() -> None:
    assert break_even_rank(1024, 1024) == 512
    assert largest_saving_rank(1024, 1024) == 511


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: factorise([[1.0, 2.0]], 2), OutOfRange),
        (lambda: factorise([[1.0]], 0), OutOfRange),
        (lambda: factorise([1.0], 1), OutOfRange),
        (lambda: factorise(np.zeros((0, 2)), 1), EmptyInput),
        (lambda: tail_error([[np.inf]], 1), NotFinite),
        (lambda: rank_for_error([[1.0]], -0.1), OutOfRange),
        (lambda: factor_parameters(2, 3, 3), OutOfRange),
        (lambda: break_even_rank(0, 3), OutOfRange),
    ],
)
def test_what_has_no_factors_is_refused(call, error: type[CompressionError]) -> None:
    with pytest.raises(error):
        call()
