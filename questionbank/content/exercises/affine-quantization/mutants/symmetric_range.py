# fails: scale_is_the_width_of_one_step[symmetric_instead], range_is_widened_to_hold_zero[symmetric_instead]=carried, zero_point_is_the_code_of_zero[symmetric_instead]=carried
"""Makes the range symmetric first."""

import numpy as np


def choose_qparams(lo, hi, bits):
    hi = max(abs(lo), abs(hi))
    lo = -hi
    top = 2**bits - 1
    if hi == lo:
        return 1.0, 0
    scale = (hi - lo) / top
    return scale, int(np.clip(np.rint(-lo / scale), 0, top))


def quantize(x, scale, zero_point, bits):
    q = np.rint(x / scale) + zero_point
    return np.clip(q, 0, 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    return ((q.astype(np.float32) - zero_point) * scale).astype(np.float32)
