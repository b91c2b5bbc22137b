# fails: product_is_that_of_the_dense_matrix[input_of_the_row]
"""x[row]."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(dense)))))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    products = data * np.resize(x, len(indptr) - 1)[rows] if len(x) else data
    return np.bincount(rows, weights=products, minlength=len(indptr) - 1).astype(np.float32)
