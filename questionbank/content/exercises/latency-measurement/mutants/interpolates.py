# fails: nine_calls_in_ten_are_no_slower[percentile_interpolated], a_noisy_device_is_measured_and_summed_up=carried
"""numpy's default."""

import numpy as np


def measure(fn, clock, warmup, repeats):
    for _ in range(warmup):
        fn()
    times = []
    for _ in range(repeats):
        start = clock()
        fn()
        times.append(clock() - start)
    return times


def summarise(times):
    ordered = sorted(times)
    n = len(ordered)
    median = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    return median, np.percentile(times, 90)


def calls_per_sample(fn, clock, shortest):
    n = 1
    while True:
        start = clock()
        for _ in range(n):
            fn()
        time = clock() - start
        if time >= shortest:
            return n, time / n
        n *= 2
