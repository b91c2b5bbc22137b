# fails: product_is_that_of_the_dense_matrix[neighbour_instead_of_zero]
"""np.add.reduceat: an empty row gets its neighbour's value."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(dense)))))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    products = data * x[indices]
    return np.add.reduceat(np.append(products, np.float32(0)), indptr[:-1]) if len(indptr) > 1 else np.zeros(0, np.float32)
