"""The knapsack's table: the least loss for every budget, in units that all sizes share, and the way back through it."""

import math

import numpy as np


def size_bits(sizes, bits):
    return int(np.dot(sizes, bits))


def uniform_bits(sizes, budget_bits, choices):
    fitting = [b for b in choices if size_bits(sizes, [b] * len(sizes)) <= budget_bits]
    if not fitting:
        raise ValueError("no width fits")
    return fitting[-1]


def assign_bits(sensitivity, sizes, budget_bits, choices):
    costs = [[n * b for b in choices] for n in sizes]
    unit = math.gcd(*(cost for row in costs for cost in row)) or 1
    room = budget_bits // unit
    best, taken = np.zeros(room + 1), []
    for row, losses in zip(costs, sensitivity):
        tried = np.full((len(choices), room + 1), np.inf)
        for j, cost in enumerate(row):
            steps = cost // unit
            if steps <= room:
                tried[j, steps:] = best[: room + 1 - steps] + losses[j]
        taken.append(tried.argmin(axis=0))
        best = tried.min(axis=0)
    if not np.isfinite(best[-1]):
        raise ValueError("the budget is too small")
    bits, at = [], room
    for row, choice in zip(costs[::-1], taken[::-1]):
        j = int(choice[at])
        bits.append(choices[j])
        at -= row[j] // unit
    return bits[::-1]
