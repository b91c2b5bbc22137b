"""One loop over the stored values that steps to the next row when its values end; the matrix row by row in Python."""

import numba
import numpy as np


def to_csr(dense):
    indptr, indices, data = [0], [], []
    for row in dense:
        places = np.flatnonzero(row)
        indices.extend(places)
        data.extend(row[places])
        indptr.append(len(indices))
    return np.array(indptr, np.int32), np.array(indices, np.int32), np.array(data, np.float32)


@numba.jit(nopython=True)
def _add_up(indptr, indices, data, x, y):
    row = 0
    for k in range(data.shape[0]):
        while k >= indptr[row + 1]:
            row += 1
        y[row] += data[k] * x[indices[k]]


def csr_matvec(indptr, indices, data, x):
    y = np.zeros(indptr.shape[0] - 1, dtype=np.float32)
    _add_up(indptr, indices, data, x, y)
    return y
