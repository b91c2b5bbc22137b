# fails: range_is_widened_to_hold_zero[constant_as_unit_scale], round_trip_is_within_half_a_step=carried
"""Published course code: a constant tensor gets scale 1 and comes back as 0."""

import numpy as np


def choose_qparams(lo, hi, bits):
    if hi == lo:
        return 1.0, 0
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    top = 2**bits - 1
    scale = (hi - lo) / top
    return scale, int(np.clip(np.rint(-lo / scale), 0, top))


def quantize(x, scale, zero_point, bits):
    q = np.rint(x / scale) + zero_point
    return np.clip(q, 0, 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    return ((q.astype(np.float32) - zero_point) * scale).astype(np.float32)
