# fails: the_median_is_in_the_middle[ranks_taken_for_indices]
"""The two in the middle by their ranks from 1 on."""


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
    if n % 2:
        median = ordered[n // 2]
    else:
        median = (ordered[n // 2] + ordered[min(n // 2 + 1, n - 1)]) / 2
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
