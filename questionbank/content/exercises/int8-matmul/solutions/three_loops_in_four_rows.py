# reaches: the_product_is_fast>=0.4
"""Three compiled loops over the codes as they are, four rows of x for each row of w that was read."""

import numpy as np
from numba import njit


@njit
def _multiply(x, w):
    rows, columns = len(x), len(w)
    y = np.zeros((rows, columns), np.int32)
    blocked = rows - rows % 4
    for j in range(columns):
        for i in range(0, blocked, 4):
            a = b = c = d = np.int32(0)
            for t in range(x.shape[1]):
                code = np.int32(w[j, t])
                a += code * np.int32(x[i, t])
                b += code * np.int32(x[i + 1, t])
                c += code * np.int32(x[i + 2, t])
                d += code * np.int32(x[i + 3, t])
            y[i, j], y[i + 1, j], y[i + 2, j], y[i + 3, j] = a, b, c, d
        for i in range(blocked, rows):
            for t in range(x.shape[1]):
                y[i, j] += np.int32(w[j, t]) * np.int32(x[i, t])
    return y


def int8_matmul(x, w):
    return _multiply(np.ascontiguousarray(x), np.ascontiguousarray(w))
