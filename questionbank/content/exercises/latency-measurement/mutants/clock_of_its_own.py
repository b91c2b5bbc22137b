# fails: each_call_is_timed_by_itself[clock_not_used], a_noisy_device_is_measured_and_summed_up=carried
"""The machine's clock."""

import time


def measure(fn, clock, warmup, repeats):
    for _ in range(warmup):
        fn()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        fn()
        times.append(time.perf_counter() - start)
    return times


def summarise(times):
    ordered = sorted(times)
    n = len(ordered)
    median = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    return median, ordered[(9 * n + 9) // 10 - 1]


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
