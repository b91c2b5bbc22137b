"""Compressed sparse rows: values, their columns, and where each row starts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, real_array


@dataclass(frozen=True)
class CsrMatrix:
    """Row i holds values[row_starts[i] : row_starts[i + 1]], columns increasing within it."""

    values: NDArray[np.float64]
    columns: NDArray[np.int64]
    row_starts: NDArray[np.int64]  #: one more than rows; the last is the number of non-zeros
    width: int

    @property
    def rows(self) -> int:
        return len(self.row_starts) - 1

    def row_of_each(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(self.rows), np.diff(self.row_starts))


def to_csr(dense: ArrayLike) -> CsrMatrix:
    """Every entry that is not zero is stored; negative zero is zero. OutOfRange: not two dimensions."""
    matrix = real_array(dense, "matrix")
    if matrix.ndim != 2:
        raise OutOfRange(f"a matrix has two dimensions, not {matrix.ndim}")
    rows, columns = np.nonzero(matrix)
    row_starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(matrix)))])
    return CsrMatrix(matrix[rows, columns], columns, row_starts, matrix.shape[1])


def to_dense(matrix: CsrMatrix) -> NDArray[np.float64]:
    dense = np.zeros((matrix.rows, matrix.width))
    dense[matrix.row_of_each(), matrix.columns] = matrix.values
    return dense


def matvec(matrix: CsrMatrix, vector: ArrayLike) -> Reals:
    """matrix @ vector in float64, shape (rows,); an empty row gives zero. OutOfRange: vector of another length."""
    inputs = real_array(vector, "vector")
    if inputs.shape != (matrix.width,):
        raise OutOfRange(f"the vector has shape {inputs.shape}, the matrix {matrix.width} columns")
    products = matrix.values * inputs[matrix.columns]
    return np.bincount(matrix.row_of_each(), weights=products, minlength=matrix.rows).astype(np.float64)


def stored_numbers(nonzeros: int, rows: int) -> int:
    """Values, column indices and row starts together: 2a + n + 1 (arXiv:1510.00149, section 2)."""
    return 2 * nonzeros + rows + 1
