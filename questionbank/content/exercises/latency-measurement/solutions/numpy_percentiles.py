"""Readings in arrays, percentiles by numpy."""

import itertools

import numpy as np


def measure(fn, clock, warmup, repeats):
    starts, ends = np.empty(repeats), np.empty(repeats)
    for i in range(-warmup, repeats):
        if i < 0:
            fn()
            continue
        starts[i] = clock()
        fn()
        ends[i] = clock()
    return (ends - starts).tolist()


def summarise(times):
    return np.median(times), np.percentile(times, 90, method="inverted_cdf")


def calls_per_sample(fn, clock, shortest):
    for power in itertools.count():
        n = 2**power
        start = clock()
        for _ in range(n):
            fn()
        elapsed = clock() - start
        if elapsed >= shortest:
            return n, elapsed / n
