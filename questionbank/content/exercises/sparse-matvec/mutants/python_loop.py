# fails: the_product_is_fast
"""Right, and a hundred times too slow."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(dense)))))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    y = np.zeros(len(indptr) - 1, np.float32)
    starts, columns, values, inputs = indptr.tolist(), indices.tolist(), data.tolist(), x.tolist()
    for row in range(len(y)):
        total = 0.0
        for k in range(starts[row], starts[row + 1]):
            total += values[k] * inputs[columns[k]]
        y[row] = total
    return y
