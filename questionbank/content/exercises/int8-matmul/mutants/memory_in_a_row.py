# fails: arrays_with_gaps_are_read_right
"""Reads the buffer as if there were no gaps."""

import numpy as np


def _dense(a):
    return np.lib.stride_tricks.as_strided(a, strides=(a.shape[1], 1)) if a.size else a


def int8_matmul(x, w):
    return (_dense(x).astype(np.float64) @ _dense(w).astype(np.float64).T).astype(np.int32)
