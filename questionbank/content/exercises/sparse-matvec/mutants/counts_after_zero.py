# fails: row_starts_count_what_stands_before[counts_with_a_leading_zero]
"""No cumsum."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.concatenate(([0], np.bincount(rows, minlength=len(dense))))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    products = data * x[indices]
    return np.bincount(rows, weights=products, minlength=len(indptr) - 1).astype(np.float32)
