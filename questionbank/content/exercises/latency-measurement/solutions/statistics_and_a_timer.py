"""A timer that is called like a function, ranks by counting, the median by the standard library; samples by recursion."""

import statistics


class Timer:
    def __init__(self, clock):
        self.clock = clock

    def __call__(self, fn, calls=1):
        start = self.clock()
        for _ in range(calls):
            fn()
        return self.clock() - start


def measure(fn, clock, warmup, repeats):
    timer = Timer(clock)
    calls = [fn] * (warmup + repeats)
    for call in calls[:warmup]:
        call()
    return [timer(call) for call in calls[warmup:]]


def summarise(times):
    covers = [time for time in times if 10 * sum(other <= time for other in times) >= 9 * len(times)]
    return statistics.median(times), min(covers)


def calls_per_sample(fn, clock, shortest, n=1):
    elapsed = Timer(clock)(fn, n)
    return (n, elapsed / n) if elapsed >= shortest else calls_per_sample(fn, clock, shortest, 2 * n)
