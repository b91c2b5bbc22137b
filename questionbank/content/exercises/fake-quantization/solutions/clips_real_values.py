"""The range is clipped as real numbers before anything is rounded; no code appears. A value was clamped where its output
lies further than half a step from it."""

import numpy as np


def fake_quantize(x, scale, zero_point, bits):
    first, last = scale * (0 - zero_point), scale * (2**bits - 1 - zero_point)
    inside = np.minimum(np.maximum(x, first), last)
    return (np.round(inside / scale) * scale).astype(x.dtype)


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    moved = np.abs(fake_quantize(x, scale, zero_point, bits) - x)
    stopped = (moved > 0.5 * scale) & (convention == "masked")
    return np.where(stopped, np.zeros_like(grad), grad)
