"""One value at a time, with Python's own numbers."""

import math

import numpy as np


def choose_qparams(lo, hi, bits):
    lo, hi = min(0.0, lo), max(0.0, hi)
    last = (1 << bits) - 1
    if lo == hi:
        return 1.0, 0
    scale = (hi - lo) / last
    return scale, round(-lo / scale)


def code(value, scale, zero_point, last):
    steps = value / scale
    if math.isinf(steps):
        return last if steps > 0 else 0
    return max(0, min(last, round(steps) + zero_point))


def quantize(x, scale, zero_point, bits):
    result = np.empty(x.shape, dtype=np.uint8)
    for index in np.ndindex(x.shape):
        result[index] = code(float(x[index]), scale, zero_point, (1 << bits) - 1)
    return result


def dequantize(q, scale, zero_point):
    result = np.empty(q.shape, dtype=np.float32)
    for index in np.ndindex(q.shape):
        result[index] = (int(q[index]) - zero_point) * scale
    return result
