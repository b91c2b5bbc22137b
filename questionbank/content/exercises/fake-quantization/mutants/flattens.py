# fails: results_have_the_shape_and_dtype_of_x
"""Loses the shape."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(np.ravel(x) / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    q = np.clip(codes(x, scale, zero_point), 0, 2**bits - 1)
    return ((q - zero_point) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return grad.copy()
    q = codes(x, scale, zero_point)
    return np.ravel(grad) * ((q >= 0) & (q <= 2**bits - 1))
