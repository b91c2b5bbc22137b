"""A table of all grid points: the forward step is a search among the midpoints, the mask asks whether the search ended
inside a table with one more point on either side."""

import numpy as np


def places(x, zero_point, scale, bits):
    """Index into the codes -1 ... 2**bits, both ends for everything beyond."""
    steps = np.arange(-1, 2**bits + 1) - zero_point
    middles = steps[:-1] + 0.5
    at = np.asarray(x, np.float64) / scale
    below, above = np.searchsorted(middles, at, side="left"), np.searchsorted(middles, at, side="right")
    return np.where(steps[below] % 2 == 0, below, above)


def fake_quantize(x, scale, zero_point, bits):
    grid = (np.arange(2**bits) - zero_point) * np.float64(scale)
    table = np.concatenate([grid[:1], grid, grid[-1:]]).astype(x.dtype)
    return table[places(x, zero_point, scale, bits)]


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    slope = np.ones(2**bits + 2, dtype=grad.dtype)
    if convention == "masked":
        slope[[0, -1]] = 0
    return grad * slope[places(x, zero_point, scale, bits)]
