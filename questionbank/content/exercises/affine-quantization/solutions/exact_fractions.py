"""Exact rational arithmetic; rounding happens once, at the very end."""

from fractions import Fraction

import numpy as np


def choose_qparams(lo, hi, bits):
    low, high = min(Fraction(lo), Fraction(0)), max(Fraction(hi), Fraction(0))
    if low == high:
        return 1.0, 0
    scale = (high - low) / (2**bits - 1)
    return float(scale), round(-low / scale)


def quantize(x, scale, zero_point, bits):
    last, step = 2**bits - 1, Fraction(scale)

    def code(value):
        if value in (float("inf"), float("-inf")):
            return last if value > 0 else 0
        return min(max(round(Fraction(value) / step) + zero_point, 0), last)

    return np.array([code(value) for value in x.ravel().tolist()], dtype=np.uint8).reshape(x.shape)


def dequantize(q, scale, zero_point):
    step = Fraction(scale)
    values = [float(step * (code - zero_point)) for code in q.ravel().tolist()]
    return np.array(values, dtype=np.float32).reshape(q.shape)
