"""np.nonzero goes row by row; running sums count; a running sum of products is cut at the row starts."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    starts = np.append(0, np.cumsum(np.count_nonzero(dense, axis=1)))
    return starts.astype(np.int32), columns.astype(np.int32), dense[rows, columns]


def csr_matvec(indptr, indices, data, x):
    sums = np.append(0.0, np.cumsum(data.astype(np.float64) * x[indices]))
    return np.diff(sums[indptr]).astype(np.float32)


def csr_bits(rows, nonzeros, value_bits, index_bits):
    return nonzeros * (value_bits + index_bits) + (rows + 1) * index_bits


def break_even_sparsity(rows, columns, value_bits, index_bits):
    return (index_bits + (rows + 1) * index_bits / (rows * columns)) / (value_bits + index_bits)
