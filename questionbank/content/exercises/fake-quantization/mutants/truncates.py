# fails: values_move_to_the_nearest_grid_point[truncated], ties_go_to_the_even_step[truncated]=carried
"""astype instead of rounding."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(x / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    q = np.clip(np.trunc(x / scale) + zero_point, 0, 2**bits - 1)
    return ((q - zero_point) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return grad.copy()
    q = codes(x, scale, zero_point)
    return grad * ((q >= 0) & (q <= 2**bits - 1))
