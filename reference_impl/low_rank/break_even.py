"""From which rank on two factors cost more than the matrix; MACs of a dense layer count alike."""

from reference_impl.reals import refuse_outside


def factor_parameters(rows: int, columns: int, rank: int) -> int:
    """rank (rows + columns)."""
    refuse_outside(rank, 0, min(rows, columns), "the rank")
    return rank * (rows + columns)


def break_even_rank(rows: int, columns: int) -> float:
    """rows columns / (rows + columns): below this rank the factors are smaller, at it they are as large."""
    refuse_outside(min(rows, columns), 1, float("inf"), "a side of the matrix")
    return rows * columns / (rows + columns)


def largest_saving_rank(rows: int, columns: int) -> int:
    """The greatest rank whose factors are strictly smaller; 0 where no rank is."""
    refuse_outside(min(rows, columns), 1, float("inf"), "a side of the matrix")
    return (rows * columns - 1) // (rows + columns)
