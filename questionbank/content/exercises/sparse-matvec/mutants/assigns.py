# fails: product_is_that_of_the_dense_matrix[only_the_last_value_of_a_row]
"""= instead of +=."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(dense)))))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    y = np.zeros(len(indptr) - 1, np.float32)
    for row in range(len(y)):
        for k in range(indptr[row], indptr[row + 1]):
            y[row] = data[k] * x[indices[k]]
    return y
