# fails: range_is_widened_to_hold_zero[range_without_zero], round_trip_is_within_half_a_step=carried
"""Published course code: clips the zero point but does not widen the range, so [2, 3, 4, 5] comes back as [2, 3, 3, 3]."""

import numpy as np


def choose_qparams(lo, hi, bits):
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
