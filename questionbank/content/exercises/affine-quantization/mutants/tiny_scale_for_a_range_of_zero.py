# fails: a_range_of_only_zero_works[invented_small_scale]
"""Replaces a width of zero by a small number."""

import numpy as np


def choose_qparams(lo, hi, bits):
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    top = 2**bits - 1
    if hi == lo:
        return float(np.finfo(np.float32).eps), 0
    scale = (hi - lo) / top
    return scale, int(np.clip(np.rint(-lo / scale), 0, top))


def quantize(x, scale, zero_point, bits):
    q = np.rint(x / scale) + zero_point
    return np.clip(q, 0, 2**bits - 1).astype(np.uint8)


def dequantize(q, scale, zero_point):
    return ((q.astype(np.float32) - zero_point) * scale).astype(np.float32)
