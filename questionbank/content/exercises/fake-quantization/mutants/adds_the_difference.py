# fails: huge_values_saturate_without_gradient
"""x + (quantized - x), which training code writes to hide the step from automatic differentiation."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(x / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    q = np.clip(codes(x, scale, zero_point), 0, 2**bits - 1)
    real = ((q - zero_point) * scale).astype(x.dtype)
    return x + (real - x)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return grad.copy()
    q = codes(x, scale, zero_point)
    return grad * ((q >= 0) & (q <= 2**bits - 1))
