"""One value at a time, with Python's own numbers."""

import math

import numpy as np


def code(value, scale, zero_point):
    steps = float(value) / scale
    return steps if math.isinf(steps) else round(steps) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    result = np.empty(x.shape, x.dtype)
    for index in np.ndindex(x.shape):
        q = min(max(code(x[index], scale, zero_point), 0), 2**bits - 1)
        result[index] = scale * (q - zero_point)
    return result


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    result = np.zeros(x.shape, x.dtype)
    for index in np.ndindex(x.shape):
        if convention == "pass-through" or 0 <= code(x[index], scale, zero_point) < 2**bits:
            result[index] = grad[index]
    return result
