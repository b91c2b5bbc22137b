# fails: codes_are_uint8_in_the_shape_of_x, real_values_are_float32_in_the_shape_of_q
"""Loses the shape."""

import numpy as np


def choose_qparams(lo, hi, bits):
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    top = 2**bits - 1
    if hi == lo:
        return 1.0, 0
    scale = (hi - lo) / top
    return scale, int(np.clip(np.rint(-lo / scale), 0, top))


def quantize(x, scale, zero_point, bits):
    q = np.rint(x.reshape(-1) / scale) + zero_point
    return np.clip(q, 0, 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    return ((q.reshape(-1).astype(np.float32) - zero_point) * scale).astype(np.float32)
