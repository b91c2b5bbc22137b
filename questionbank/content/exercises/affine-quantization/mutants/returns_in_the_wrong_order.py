# fails: scale_is_the_width_of_one_step[zero_point_before_scale], zero_point_is_the_code_of_zero
"""Returns the zero point before the scale."""

import numpy as np


def choose_qparams(lo, hi, bits):
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    if hi == lo:
        return 0, 1.0
    scale = (hi - lo) / (2**bits - 1)
    return int(np.clip(np.rint(-lo / scale), 0, 2**bits - 1)), scale


def quantize(x, scale, zero_point, bits):
    q = np.rint(x / scale) + zero_point
    return np.clip(q, 0, 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    return ((q.astype(np.float64) - zero_point) * scale).astype(np.float32)
