"""numpy in float32, as on a device; the zero point is measured from the upper end."""

import numpy as np


def codes(bits, signed):
    grid = np.arange(2**bits, dtype=np.int32)
    return grid - 2 ** (bits - 1) if signed else grid


def qparams(lo, hi, bits, scheme, signed):
    ends = np.array([min(lo, 0.0), max(hi, 0.0)], dtype=np.float32)
    grid = codes(bits, signed)
    if scheme == "symmetric":
        if not signed and ends[0] < 0:
            raise ValueError(lo)
        scale = np.abs(ends).max() / np.float32(grid[-1])
        return (scale if scale > 0 else np.float32(1)), np.int32(0)
    scale = np.ptp(ends) / np.float32(grid.size - 1)
    if scale == 0:
        return np.float32(1), grid[0]
    return scale, np.clip(np.rint(grid[-1] - ends[1] / scale), grid[0], grid[-1]).astype(np.int32)


def representable_range(scale, zero_point, bits, signed):
    real = (codes(bits, signed) - np.int32(zero_point)) * np.float64(scale)
    return real.min(), real.max()
