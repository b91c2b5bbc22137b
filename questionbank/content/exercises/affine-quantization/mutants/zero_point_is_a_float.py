# fails: zero_point_is_the_code_of_zero, range_is_widened_to_hold_zero, a_range_of_only_zero_works
"""The zero point is neither rounded nor an integer."""

import numpy as np


def choose_qparams(lo, hi, bits):
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    top = 2**bits - 1
    if hi == lo:
        return 1.0, 0.0
    scale = (hi - lo) / top
    return scale, -lo / scale


def quantize(x, scale, zero_point, bits):
    q = np.rint(x / scale) + zero_point
    return np.clip(q, 0, 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    return ((q.astype(np.float32) - zero_point) * scale).astype(np.float32)
