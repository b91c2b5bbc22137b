# fails: values_round_to_the_nearest_step, values_outside_the_range_saturate, zero_survives_the_round_trip_exactly=carried
"""quantize has no return statement."""

import numpy as np


def choose_qparams(lo, hi, bits):
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    top = 2**bits - 1
    if hi == lo:
        return 1.0, 0
    scale = (hi - lo) / top
    return scale, int(np.clip(np.rint(-lo / scale), 0, top))


def quantize(x, scale, zero_point, bits):
    q = np.rint(x / scale) + zero_point
    np.clip(q, 0, 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    return ((q.astype(np.float32) - zero_point) * scale).astype(np.float32)
