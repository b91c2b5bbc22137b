# fails: the_product_is_fast
"""Makes the dense matrix again for every product."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(dense)))))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    dense = np.zeros((len(indptr) - 1, len(x)), np.float32)
    dense[np.repeat(np.arange(len(dense)), np.diff(indptr)), indices] = data
    return (dense.astype(np.float64) @ x).astype(np.float32)
