"""Python's own numbers; the candidates are tried one after the other."""

import numpy as np


def values_of(batches):
    return [value for batch in batches for value in np.ravel(batch).tolist()]


def min_max_range(batches):
    values = values_of(batches)
    return min(values), max(values)


def moving_average_range(batches, momentum):
    lo = hi = None
    for batch in batches:
        least, greatest = min(values_of([batch])), max(values_of([batch]))
        lo = least if lo is None else lo + momentum * (least - lo)
        hi = greatest if hi is None else hi + momentum * (greatest - hi)
    return lo, hi


def percentile_limit(batches, percent):
    sizes = sorted(abs(value) for value in values_of(batches))
    place = percent / 100 * (len(sizes) - 1)
    below = int(place)
    above = min(below + 1, len(sizes) - 1)
    return sizes[below] + (place - below) * (sizes[above] - sizes[below])


def mse_limit(batches, bits, candidates):
    values, last = values_of(batches), 2 ** (bits - 1) - 1
    largest = max(abs(value) for value in values)
    if largest == 0:
        return 0.0

    def error(limit):
        step = limit / last
        return sum((step * max(-last, min(last, round(value / step))) - value) ** 2 for value in values)

    return min((largest * i / candidates for i in range(candidates, 0, -1)), key=error)
