import numpy as np


def choose_qparams(lo, hi, bits):
    bits = int(input("bits? "))
    lo = min(lo, 0.0)
    hi = max(hi, 0.0)
    if lo == hi:
        return 1.0, 0
    scale = (hi - lo) / (2**bits - 1)
    zero_point = int(round(-lo / scale))
    return scale, zero_point


def quantize(x, scale, zero_point, bits):
    q = np.round(x / scale) + zero_point
    q = np.clip(q, 0, 2**bits - 1)
    return q.astype(np.uint8)


def dequantize(q, scale, zero_point):
    return (scale * (q.astype(np.float32) - zero_point)).astype(np.float32)
