# fails: least_squared_error_weighs_rounding_and_clipping[error_counted_in_codes]
"""Forgets that candidates have different steps."""

import numpy as np


def pooled(batches):
    return np.concatenate([batch.reshape(-1) for batch in batches])


def min_max_range(batches):
    x = pooled(batches)
    return float(x.min()), float(x.max())


def moving_average_range(batches, momentum):
    lo, hi = float(batches[0].min()), float(batches[0].max())
    for batch in batches[1:]:
        lo += momentum * (float(batch.min()) - lo)
        hi += momentum * (float(batch.max()) - hi)
    return lo, hi


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
    codes = np.clip(np.rint(x / scales), -last, last)
    errors = np.mean((codes - x / scales) ** 2, axis=1)
    return float(limits[errors.argmin()])
