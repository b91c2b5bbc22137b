"""All values in one array; all candidates in one table."""

import numpy as np


def pooled(batches):
    return np.concatenate([batch.reshape(-1) for batch in batches])


def min_max_range(batches):
    x = pooled(batches)
    return float(x.min()), float(x.max())


def moving_average_range(batches, momentum):
    ends = np.array([[batch.min(), batch.max()] for batch in batches], dtype=np.float64)
    moving = ends[0]
    for pair in ends[1:]:
        moving = (1 - momentum) * moving + momentum * pair
    return tuple(moving.tolist())


def percentile_limit(batches, percent):
    return float(np.percentile(np.abs(pooled(batches)), percent))


def mse_limit(batches, bits, candidates):
    x = pooled(batches).astype(np.float64)
    last = 2 ** (bits - 1) - 1
    largest = np.abs(x).max()
    if largest == 0:
        return 0.0
    limits = largest * np.arange(1, candidates + 1) / candidates
    scales = (limits / last)[:, np.newaxis]
    back = scales * np.clip(np.rint(x / scales), -last, last)
    return float(limits[np.mean((back - x) ** 2, axis=1).argmin()])
