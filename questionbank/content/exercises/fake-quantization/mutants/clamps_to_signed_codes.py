# fails: values_outside_the_range_saturate[clamped_to_signed_codes], values_move_to_the_nearest_grid_point
"""-128 ... 127 on unsigned codes."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(x / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    q = np.clip(codes(x, scale, zero_point), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    return ((q - zero_point) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return grad.copy()
    q = codes(x, scale, zero_point)
    return grad * ((q >= 0) & (q <= 2**bits - 1))
