# fails: the_network_runs_as_often_as_asked[a_call_too_many], each_call_is_timed_by_itself, a_noisy_device_is_measured_and_summed_up=carried
"""A call to see that it works."""


def measure(fn, clock, warmup, repeats):
    for _ in range(warmup):
        fn()
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
