"""From which rank on two factors cost more than the matrix; MACs of a dense layer count alike.

Everywhere WrongDtype: no integers; OutOfRange: a side below 1.
"""

from math import inf

from reference_impl.reals import whole_number


def factor_parameters(rows: int, columns: int, rank: int) -> int:
    """rank (rows + columns). OutOfRange: a rank outside 0 ... min(rows, columns)."""
    rows, columns = _sides(rows, columns)
    return whole_number(rank, 0, min(rows, columns), "the rank") * (rows + columns)


def break_even_rank(rows: int, columns: int) -> float:
    """rows columns / (rows + columns): below this rank the factors are smaller, at it they are as large."""
    rows, columns = _sides(rows, columns)
    return rows * columns / (rows + columns)


def largest_saving_rank(rows: int, columns: int) -> int:
    """The greatest rank whose factors are strictly smaller; 0 where no rank is."""
    rows, columns = _sides(rows, columns)
    return (rows * columns - 1) // (rows + columns)


def _sides(rows: int, columns: int) -> tuple[int, int]:
    """As integers of Python, which do not overflow as numpy's do."""
    return whole_number(rows, 1, inf, "the number of rows"), whole_number(
        columns, 1, inf, "the number of columns"
    )
