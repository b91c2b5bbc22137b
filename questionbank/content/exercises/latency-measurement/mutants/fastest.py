# fails: the_median_is_in_the_middle[fastest_instead_of_median], a_noisy_device_is_measured_and_summed_up=carried
"""The best of all."""


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
    median = ordered[0]
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
