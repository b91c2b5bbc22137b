# fails: only_what_is_not_zero_is_stored[three_arrays_wanted]
"""Row starts are left out."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(dense)))))
    return columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    rows = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    products = data * x[indices]
    return np.bincount(rows, weights=products, minlength=len(indptr) - 1).astype(np.float32)
