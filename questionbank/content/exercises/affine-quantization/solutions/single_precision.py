"""Everything in float32, as a device would."""

import numpy as np


def choose_qparams(lo, hi, bits):
    low, high = np.float32(min(lo, 0.0)), np.float32(max(hi, 0.0))
    if low == high:
        return np.float32(1.0), np.int32(0)
    scale = (high - low) / np.float32(2**bits - 1)
    return scale, np.int32(np.rint(-low / scale))


def quantize(x, scale, zero_point, bits):
    q = np.around(x / np.float32(scale)) + np.float32(zero_point)
    return np.minimum(np.maximum(q, np.float32(0)), np.float32(2**bits - 1)).astype("uint8")


def dequantize(q, scale, zero_point):
    return np.multiply(q.astype(np.int16) - np.int16(zero_point), np.float32(scale), dtype=np.float32)
