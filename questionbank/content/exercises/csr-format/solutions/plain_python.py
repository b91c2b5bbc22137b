"""Loops over rows and columns; sizes counted array by array."""

import numpy as np


def to_csr(dense):
    indptr, indices, data = [0], [], []
    for row in dense.tolist():
        for column, value in enumerate(row):
            if value != 0:
                indices.append(column)
                data.append(value)
        indptr.append(len(data))
    return np.array(indptr, np.int32), np.array(indices, np.int32), np.array(data, np.float32)


def csr_matvec(indptr, indices, data, x):
    y = np.zeros(len(indptr) - 1, np.float32)
    for row in range(len(y)):
        for k in range(indptr[row], indptr[row + 1]):
            y[row] += data[k] * x[indices[k]]
    return y


def csr_bits(rows, nonzeros, value_bits, index_bits):
    data, indices, indptr = nonzeros * value_bits, nonzeros * index_bits, (rows + 1) * index_bits
    return data + indices + indptr


def break_even_sparsity(rows, columns, value_bits, index_bits):
    dense = rows * columns * value_bits
    nonzeros = (dense - csr_bits(rows, 0, value_bits, index_bits)) / (value_bits + index_bits)
    return 1 - nonzeros / (rows * columns)
