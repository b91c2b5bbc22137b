"""Compressed sparse rows: values, their columns, and where each row starts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class CsrMatrix:
    values: NDArray[np.float64]
    columns: NDArray[np.int64]
    row_starts: NDArray[np.int64]  #: one more than rows; the last is the number of non-zeros
    width: int


def to_csr(dense: ArrayLike) -> CsrMatrix:
    matrix = np.asarray(dense, dtype=float)
    rows, columns = np.nonzero(matrix)
    row_starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(matrix)))])
    return CsrMatrix(matrix[rows, columns], columns, row_starts, matrix.shape[1])


def to_dense(matrix: CsrMatrix) -> NDArray[np.float64]:
    dense = np.zeros((len(matrix.row_starts) - 1, matrix.width))
    rows = np.repeat(np.arange(len(dense)), np.diff(matrix.row_starts))
    dense[rows, matrix.columns] = matrix.values
    return dense


def stored_numbers(nonzeros: int, rows: int) -> int:
    """Values, column indices and row starts together: 2a + n + 1 (arXiv:1510.00149, section 2)."""
    return 2 * nonzeros + rows + 1
