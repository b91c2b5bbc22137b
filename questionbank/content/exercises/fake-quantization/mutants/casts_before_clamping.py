# fails: values_outside_the_range_saturate[cast_before_clamp]
"""Published course code: a cast to 8 bits before the clamp."""

import numpy as np


def codes(x, scale, zero_point):
    return np.rint(x / scale) + zero_point


def fake_quantize(x, scale, zero_point, bits):
    q = codes(np.clip(x, -1e6, 1e6), scale, zero_point).astype(np.int64).astype(np.uint8)
    q = np.minimum(q, 2**bits - 1).astype(np.int64)
    return ((q - zero_point) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    if convention == "pass-through":
        return grad.copy()
    q = codes(x, scale, zero_point)
    return grad * ((q >= 0) & (q <= 2**bits - 1))
