# fails: values_outside_the_range_saturate[clamped_without_zero_point], values_move_to_the_nearest_grid_point
"""As if the zero point were 0."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(x / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    return (np.clip(np.rint(x / scale), 0, 2**bits - 1) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return grad.copy()
    q = codes(x, scale, zero_point)
    return grad * ((q >= 0) & (q <= 2**bits - 1))
