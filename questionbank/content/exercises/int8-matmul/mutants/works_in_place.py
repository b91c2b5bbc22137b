# fails: the_given_arrays_are_not_changed[input_changed]
"""Negates x on the way."""

import numpy as np


def int8_matmul(x, w):
    y = (x.astype(np.float64) @ w.astype(np.float64).T).astype(np.int32)
    np.subtract(-1, x, out=x)
    return y
