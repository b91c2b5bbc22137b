"""All ways for the first half of the layers, all for the second: each of the former takes the best of the latter that
still fits. The square root of the work of trying everything."""

import itertools

import numpy as np


def size_bits(sizes, bits):
    total = 0
    for i in range(len(sizes)):
        total += sizes[i] * bits[i]
    return total


def uniform_bits(sizes, budget_bits, choices):
    for width in reversed(choices):
        if size_bits(sizes, [width] * len(sizes)) <= budget_bits:
            return width
    raise ValueError("the budget is too small")


def assign_bits(sensitivity, sizes, budget_bits, choices):
    middle = len(sizes) // 2
    left = _all_ways(sensitivity[:middle], sizes[:middle], choices)
    right = _all_ways(sensitivity[middle:], sizes[middle:], choices)
    by_size = np.argsort(right[0], kind="stable")
    size, loss, picks = (part[by_size] for part in right)
    so_far = np.minimum.accumulate(loss)
    fits = np.searchsorted(size, budget_bits - left[0], side="right") - 1
    total = np.where(fits >= 0, left[1] + so_far[fits], np.inf)
    first = int(total.argmin())
    if total[first] == np.inf:
        raise ValueError("the budget is too small")
    second = int(loss[: fits[first] + 1].argmin())
    return [choices[j] for j in (*left[2][first], *picks[second])]


def _all_ways(losses, sizes, choices):
    picks = np.array(list(itertools.product(range(len(choices)), repeat=len(sizes))), dtype=int)
    picks = picks.reshape(-1, len(sizes))
    size, loss = np.zeros(len(picks), dtype=np.int64), np.zeros(len(picks))
    for layer, n in enumerate(sizes):
        size += n * np.array(choices)[picks[:, layer]]
        loss += losses[layer][picks[:, layer]]
    return size, loss, picks
