# fails: huge_values_and_infinities_saturate
"""Casts to int32 before clamping: huge values and infinities wrap around."""

import numpy as np


def choose_qparams(lo, hi, bits):
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    top = 2**bits - 1
    if hi == lo:
        return 1.0, 0
    scale = (hi - lo) / top
    return scale, int(np.clip(np.rint(-lo / scale), 0, top))


def quantize(x, scale, zero_point, bits):
    with np.errstate(invalid="ignore"):
        q = np.rint(x / scale).astype(np.int32) + zero_point
    return np.clip(q, 0, 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    return ((q.astype(np.float32) - zero_point) * scale).astype(np.float32)
