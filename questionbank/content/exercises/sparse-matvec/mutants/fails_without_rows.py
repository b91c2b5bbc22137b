# fails: empty_matrices_and_empty_rows_give_zeros
"""Starts with the first row."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(dense)))))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    rows_left = [data[a:b] @ x[indices[a:b]] for a, b in zip(indptr[:-1], indptr[1:])]
    return np.stack(rows_left).astype(np.float32)
