# fails: only_weights_that_are_not_zero_are_stored[three_arrays_wanted]
"""The row starts are left out."""

import numpy as np


def to_csr(dense):
    rows, columns = np.nonzero(dense)
    data = dense[rows, columns]
    counts = np.bincount(rows, minlength=len(dense))
    starts = np.append(0, np.cumsum(counts))
    return columns.astype(np.int32), data


def csr_matvec(indptr, indices, data, x):
    y = np.zeros(len(indptr) - 1, np.float32)
    for i in range(len(y)):
        here = slice(indptr[i], indptr[i + 1])
        y[i] = data[here] @ x[indices[here]]
    return y


def csr_bits(rows, nonzeros, value_bits, index_bits):
    return nonzeros * (value_bits + index_bits) + (rows + 1) * index_bits


def break_even_sparsity(rows, columns, value_bits, index_bits):
    dense_bits = rows * columns * value_bits
    nonzeros = (dense_bits - (rows + 1) * index_bits) / (value_bits + index_bits)
    return 1 - nonzeros / (rows * columns)
