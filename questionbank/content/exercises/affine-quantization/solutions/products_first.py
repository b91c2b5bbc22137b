"""The formula multiplied out, x = s q - s z, in single precision: each product is rounded before they are subtracted."""

import numpy as np


def choose_qparams(lo, hi, bits):
    lo, hi = min(0.0, lo), max(0.0, hi)
    if lo == hi:
        return 1.0, 0
    scale = (hi - lo) / (2**bits - 1)
    return scale, round(-lo / scale)


def quantize(x, scale, zero_point, bits):
    codes = np.rint(np.asarray(x, dtype=np.float64) / scale) + zero_point
    return np.minimum(np.maximum(codes, 0), 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    s = np.float32(scale)
    return q.astype(np.float32) * s - np.float32(zero_point) * s
