# fails: masked_gradient_stops_where_codes_are_clamped[upstream_gradient_forgotten], pass_through_gradient_is_the_gradient_itself[upstream_gradient_forgotten]=carried
"""Forgets the chain rule."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(x / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    q = np.clip(codes(x, scale, zero_point), 0, 2**bits - 1)
    return ((q - zero_point) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return np.ones_like(grad)
    q = codes(x, scale, zero_point)
    return ((q >= 0) & (q <= 2**bits - 1)).astype(grad.dtype)
