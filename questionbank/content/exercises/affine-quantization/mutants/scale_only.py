# fails: scale_is_the_width_of_one_step, zero_point_is_the_code_of_zero
"""Returns the scale without the zero point."""

import numpy as np


def choose_qparams(lo, hi, bits):
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    top = 2**bits - 1
    if hi == lo:
        return 1.0, 0
    scale = (hi - lo) / top
    return scale


def quantize(x, scale, zero_point, bits):
    q = np.rint(x / scale) + zero_point
    return np.clip(q, 0, 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    return ((q.astype(np.float32) - zero_point) * scale).astype(np.float32)
