# fails: masked_gradient_stops_where_codes_are_clamped[only_grid_points_pass]
"""Lets the gradient through where rounding changes nothing."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(x / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    q = np.clip(codes(x, scale, zero_point), 0, 2**bits - 1)
    return ((q - zero_point) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return grad.copy()
    same = fake_quantize(x, scale, zero_point, bits) == x
    return grad * same
