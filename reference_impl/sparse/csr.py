"""Compressed sparse rows: values, their columns, and where each row starts."""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.reals import Reals, squarable_reals, whole_number


@dataclass(frozen=True)
class CsrMatrix:
    """Row i holds values[row_starts[i] : row_starts[i + 1]], columns increasing within it.

    The same three arrays as scipy's csr_matrix (data, indices, indptr) and torch's sparse CSR (values, col_indices,
    crow_indices), both of which also allow columns out of order. CorruptData: arrays that no `to_csr` gives.
    """

    values: NDArray[np.float64]
    columns: NDArray[np.int64]
    row_starts: NDArray[np.int64]  #: one more than rows; the last is the number of non-zeros
    width: int

    def __post_init__(self) -> None:
        rows_fit = (
            self.row_starts.size > 0
            and self.row_starts[0] == 0
            and bool((np.diff(self.row_starts) >= 0).all())
        )
        if not rows_fit or not self.values.shape == self.columns.shape == (self.row_starts[-1],):
            raise CorruptData("row starts must rise from 0 to the number of values and of columns")
        if self.columns.size and not 0 <= self.columns.min() <= self.columns.max() < self.width:
            raise CorruptData(f"a column lies outside 0 ... {self.width - 1}")
        places = self.row_of_each() * self.width + self.columns
        if (np.diff(places) <= 0).any():
            raise CorruptData("columns must increase within each row")

    @property
    def rows(self) -> int:
        return len(self.row_starts) - 1

    def row_of_each(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(self.rows), np.diff(self.row_starts))


def to_csr(dense: ArrayLike) -> CsrMatrix:
    """Every entry that is not zero is stored; negative zero is zero. OutOfRange: not two dimensions, a magnitude above 2^480.

    NotFinite, WrongDtype.
    """
    matrix = squarable_reals(dense, "matrix")
    if matrix.ndim != 2:
        raise OutOfRange(f"a matrix has two dimensions, not {matrix.ndim}")
    rows, columns = np.nonzero(matrix)
    row_starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(matrix)))])
    return CsrMatrix(matrix[rows, columns], columns, row_starts, matrix.shape[1])


def to_dense(matrix: CsrMatrix) -> NDArray[np.float64]:
    """Shape (rows, width), zeros where nothing is stored."""
    dense = np.zeros((matrix.rows, matrix.width))
    dense[matrix.row_of_each(), matrix.columns] = matrix.values
    return dense


def matvec(matrix: CsrMatrix, vector: ArrayLike) -> Reals:
    """matrix @ vector in float64, shape (rows,); an empty row gives zero. OutOfRange: vector of another length.

    NotFinite, WrongDtype; OutOfRange also for a magnitude above 2^480.
    """
    inputs = squarable_reals(vector, "vector")
    if inputs.shape != (matrix.width,):
        raise OutOfRange(f"the vector has shape {inputs.shape}, the matrix {matrix.width} columns")
    products = matrix.values * inputs[matrix.columns]
    return np.bincount(matrix.row_of_each(), weights=products, minlength=matrix.rows).astype(np.float64)


def stored_numbers(nonzeros: int, rows: int) -> int:
    """Values, column indices and row starts together: 2a + n + 1 (arXiv:1510.00149, section 2).

    OutOfRange: a negative number.
    """
    return 2 * whole_number(nonzeros, 0, inf, "non-zeros") + whole_number(rows, 0, inf, "rows") + 1
