"""Two loops, compiled at the first call; the matrix is taken apart by numpy."""

import numpy as np
from numba import njit


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(dense)))))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


@njit
def csr_matvec(indptr, indices, data, x):
    y = np.zeros(len(indptr) - 1, np.float32)
    for row in range(len(y)):
        total = np.float32(0)
        for k in range(indptr[row], indptr[row + 1]):
            total += data[k] * x[indices[k]]
        y[row] = total
    return y
