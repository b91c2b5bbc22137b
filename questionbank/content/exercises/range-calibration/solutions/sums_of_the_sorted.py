"""Sorted magnitudes and their running sums: the values of one code are a run, whose squared error is
sum x^2 - 2 v sum x + n v^2. The moving average is a sum with powers as weights."""

import numpy as np


def min_max_range(batches):
    lo, hi = np.inf, -np.inf
    for batch in batches:
        lo, hi = min(lo, np.min(batch)), max(hi, np.max(batch))
    return float(lo), float(hi)


def moving_average_range(batches, momentum):
    age = np.arange(len(batches))[::-1]
    weights = momentum * (1.0 - momentum) ** age
    weights[0] = (1.0 - momentum) ** age[0]
    ends = np.array([(np.min(batch), np.max(batch)) for batch in batches], np.float64)
    lo, hi = weights @ ends
    return float(lo), float(hi)


def sorted_sizes(batches):
    return np.sort(np.abs(np.concatenate([np.ravel(batch) for batch in batches])).astype(np.float64))


def percentile_limit(batches, percent):
    sizes = sorted_sizes(batches)
    return float(np.interp(percent / 100 * (sizes.size - 1), np.arange(sizes.size), sizes))


def mse_limit(batches, bits, candidates):
    sizes, last = sorted_sizes(batches), 2 ** (bits - 1) - 1
    sums = np.concatenate([[0.0], np.cumsum(sizes)])
    squares = np.concatenate([[0.0], np.cumsum(sizes**2)])
    best = (np.inf, 0.0)
    for i in range(1, candidates + 1):
        limit = sizes[-1] * i / candidates
        values = np.arange(last + 1) * (limit / last)
        middles = (values[:-1] + values[1:]) / 2
        runs = np.concatenate([[0], np.searchsorted(sizes, middles), [sizes.size]])
        n, total, square = np.diff(runs), np.diff(sums[runs]), np.diff(squares[runs])
        best = min(best, (float(np.sum(square - 2 * values * total + n * values**2)), limit))
    return float(best[1])
