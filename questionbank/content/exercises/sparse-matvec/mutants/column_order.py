# fails: only_what_is_not_zero_is_stored[column_by_column], row_starts_count_what_stands_before[column_by_column]
"""CSC."""

import numpy as np


def to_csr(dense):
    columns, rows = np.nonzero(dense.T)
    rows, columns, dense = columns, rows, dense.T
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(dense)))))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    products = data * x[indices]
    return np.bincount(rows, weights=products, minlength=len(indptr) - 1).astype(np.float32)
