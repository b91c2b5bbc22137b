"""Compiled while the file is loaded, with fast maths and float64 sums; the matrix is taken apart by compiled loops too."""

import numpy as np
from numba import njit


@njit
def _count(dense):
    indptr = np.zeros(dense.shape[0] + 1, np.int32)
    for i in range(dense.shape[0]):
        indptr[i + 1] = indptr[i]
        for j in range(dense.shape[1]):
            if dense[i, j] != 0:
                indptr[i + 1] += 1
    return indptr


@njit
def _fill(dense, indices, data):
    k = 0
    for i in range(dense.shape[0]):
        for j in range(dense.shape[1]):
            if dense[i, j] != 0:
                indices[k] = j
                data[k] = dense[i, j]
                k += 1


def to_csr(dense):
    indptr = _count(dense)
    indices, data = np.empty(indptr[-1], np.int32), np.empty(indptr[-1], np.float32)
    _fill(dense, indices, data)
    return indptr, indices, data


@njit(fastmath=True, boundscheck=False)
def _rows(indptr, indices, data, x, y):
    start = indptr[0]
    for row in range(y.size):
        end = indptr[row + 1]
        total = 0.0
        for k in range(start, end):
            total += data[k] * x[indices[k]]
        y[row] = total
        start = end


def csr_matvec(indptr, indices, data, x):
    y = np.empty(indptr.size - 1, dtype=np.float32)
    _rows(indptr, indices, data, x, y)
    return y
