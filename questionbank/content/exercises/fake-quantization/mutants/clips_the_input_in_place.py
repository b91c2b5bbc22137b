# fails: the_given_arrays_are_not_changed
"""Clips x itself."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(x / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    np.clip(x, -zero_point * scale, (2**bits - 1 - zero_point) * scale, out=x)
    q = np.clip(codes(x, scale, zero_point), 0, 2**bits - 1)
    return ((q - zero_point) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return grad.copy()
    q = codes(x, scale, zero_point)
    return grad * ((q >= 0) & (q <= 2**bits - 1))
