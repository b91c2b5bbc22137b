# fails: values_move_to_the_nearest_grid_point[zero_point_subtracted_twice], values_outside_the_range_saturate
"""Subtracts a zero point that was never added."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(x / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    q = np.clip(np.rint(x / scale), -(2 ** (bits - 1)), 2**bits - 1)
    return ((q - zero_point) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return grad.copy()
    q = codes(x, scale, zero_point)
    return grad * ((q >= 0) & (q <= 2**bits - 1))
