"""What a correct measurement does. Network and clock are a device of ours whose time passes only when it works, so every
duration is known exactly; the right way and the known wrong ones are run on devices of the same make."""

import math
import statistics

import numpy as np

from grader import expect
from grader.checks import check, given, with_right
from grader.strategies import integers, lists, multiples, one_of, sampled_from

QUARTERS = multiples(0.25, 1, 200)


class Device:
    """Slow at first; reading its clock takes time, and the clock may go in steps."""

    def __init__(self, durations, start=0.0, reading=0.0, step=0.0):
        self.durations, self.now, self.reading, self.step = durations, start, reading, step
        self.calls = self.readings = 0

    def fn(self):
        self.now += self.durations[min(self.calls, len(self.durations) - 1)]
        self.calls += 1

    def clock(self):
        self.readings += 1
        self.now += self.reading
        return math.floor(self.now / self.step) * self.step if self.step else self.now

    def timed(self, calls=1):
        before = self.clock()
        for _ in range(calls):
            self.fn()
        return self.clock() - before


# ---------------------------------------------------------------- measure


def measured(device, warmup, repeats):
    for _ in range(warmup):
        device.fn()
    return [device.timed() for _ in range(repeats)]


def measured_with_a_look_between(device, warmup, repeats):
    for _ in range(warmup):
        device.fn()
    times = []
    for _ in range(repeats):
        before = device.clock()
        device.fn()
        device.clock()
        times.append(device.clock() - before)
    return times


def measured_together(device, warmup, repeats):
    for _ in range(warmup):
        device.fn()
    return [device.timed(repeats) / repeats] * repeats


def measured_from_one_start(device, warmup, repeats):
    for _ in range(warmup):
        device.fn()
    before, times = device.clock(), []
    for _ in range(repeats):
        device.fn()
        times.append(device.clock() - before)
    return times


def readings_after(device, warmup, repeats):
    for _ in range(warmup):
        device.fn()
    after = []
    for _ in range(repeats):
        device.timed()
        after.append(device.now)
    return after


def wrongly_measured(make, warmup, repeats):
    """By known mistakes, each on a device that `make` makes."""
    right = measured(make(), warmup, repeats)
    return {
        "warmup_is_timed_too": measured(make(), 0, warmup + repeats),
        "no_warmup": measured(make(), 0, repeats),
        "warmup_taken_from_the_repeats": measured(make(), warmup, max(repeats - warmup, 0)),
        "clock_read_in_between": measured_with_a_look_between(make(), warmup, repeats),
        "all_calls_timed_together": measured_together(make(), warmup, repeats),
        "start_never_renewed": measured_from_one_start(make(), warmup, repeats),
        "end_minus_start_reversed": [-time for time in right],
        "readings_returned": readings_after(make(), warmup, repeats),
        "milliseconds": [1000 * time for time in right],
    }


@check(points=3, examples=25)
@given(
    slow=lists(multiples(0.5, 20, 60), min_size=3, max_size=3, unique=True),
    warm=lists(QUARTERS, min_size=6, max_size=6, unique=True),
    warmup=integers(0, 3),
    repeats=integers(1, 4),
    start=sampled_from([0.0, 1000.0]),
)
def each_call_is_timed_by_itself(solution, slow, warm, warmup, repeats, start):
    def make():
        return Device(slow + warm, start, reading=0.125)

    device = make()
    times = solution.measure(device.fn, device.clock, warmup, repeats)
    expect.that(device.readings or (isinstance(times, list) and not times), "clock_not_used", got=times)
    right = measured(make(), warmup, repeats)
    expect.close(times, right, slips=wrongly_measured(make, warmup, repeats))


@check(points=2, examples=20, depends_on="each_call_is_timed_by_itself")
@given(warmup=integers(0, 4), repeats=integers(1, 6))
def the_network_runs_as_often_as_asked(solution, warmup, repeats):
    device = Device([1.0])
    times = solution.measure(device.fn, device.clock, warmup, repeats)
    fewer = isinstance(times, list) and len(times) < repeats
    taken = max(warmup, repeats) if device.calls == max(warmup, repeats) else repeats
    expect.equal(
        device.calls,
        warmup + repeats,
        slips={
            "warmup_taken_from_the_repeats" if fewer else "no_warmup": taken if fewer else repeats,
            "warmup_before_every_call": repeats * (warmup + 1),
            "a_call_too_many": warmup + repeats + 1,
        },
    )


# ---------------------------------------------------------------- summarise


@check(points=2, examples=40)
@given(times=lists(QUARTERS, min_size=1, max_size=9))
def the_median_is_in_the_middle(solution, times):
    median, _ = expect.pair(solution.summarise(times))
    ordered, half = sorted(times), len(times) // 2
    expect.close(
        median,
        statistics.median(times),
        slips={
            "mean_instead_of_median": statistics.mean(times),
            "middle_of_an_unsorted_list": times[half],
            "upper_of_two_in_the_middle": ordered[half],
            "ranks_taken_for_indices": rank_as_index(ordered),
            "lower_of_two_in_the_middle": ordered[(len(times) - 1) // 2],
            "fastest_instead_of_median": ordered[0],
            "middle_between_the_extremes": (ordered[0] + ordered[-1]) / 2,
        },
    )


def rank_as_index(ordered):
    """The middle by ranks from 1 on, looked up from 0 on."""
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half] + ordered[min(half + 1, len(ordered) - 1)]) / 2


@check(points=2, depends_on="the_median_is_in_the_middle")
@given(
    times=one_of(
        lists(QUARTERS, min_size=10, max_size=10),
        lists(QUARTERS, min_size=20, max_size=20),
        lists(QUARTERS, min_size=1, max_size=15),
    )
)
def nine_calls_in_ten_are_no_slower(solution, times):
    _, p90 = expect.pair(solution.summarise(times))
    ordered, n = sorted(times), len(times)
    rank = (9 * n + 9) // 10  # from 1 on, without the rounding of 0.9 n
    expect.close(
        p90,
        ordered[rank - 1],
        slips={
            "middle_of_an_unsorted_list": times[rank - 1],
            "rank_one_too_high": ordered[min(9 * n // 10, n - 1)],
            "percentile_interpolated": np.percentile(times, 90),
            "slowest_instead_of_p90": ordered[-1],
            "share_of_the_slowest": 0.9 * ordered[-1],
            "tenth_percentile": ordered[(n + 9) // 10 - 1],
        },
    )


# ---------------------------------------------------------------- calls_per_sample


def sampled(device, shortest):
    n = 1
    while (time := device.timed(n)) < shortest:
        n *= 2
    return n, time / n


def sampled_one_by_one(device, shortest):
    n = 1
    while (time := device.timed(n)) < shortest:
        n += 1
    return n, time / n


def sampled_strictly(device, shortest):
    n = 1
    while (time := device.timed(n)) <= shortest:
        n *= 2
    return n, time / n


def sampled_from_one_start(device, shortest):
    before, n = device.clock(), 1
    while True:
        for _ in range(n):
            device.fn()
        if (time := device.clock() - before) >= shortest:
            return n, time / n
        n *= 2


@check(points=3, examples=30)
@given(
    sixteenths=integers(1, 12),
    shortest=sampled_from([0.5, 1.0, 2.0]),
    step=sampled_from([0.25, 0.0625]),
    start=multiples(0.0625, 0, 8),
)
def a_sample_lasts_long_enough(solution, sixteenths, shortest, step, start):
    def make():
        return Device([sixteenths / 16], start, step=step)

    device = make()
    got = [
        float(expect.array(one, ()))
        for one in expect.pair(solution.calls_per_sample(device.fn, device.clock, shortest))
    ]
    right = n, each = sampled(make(), shortest)
    expect.close(
        got,
        list(right),
        slips={
            "exactly_long_enough_refused": list(sampled_strictly(make(), shortest)),
            "one_call_more_instead_of_twice": list(sampled_one_by_one(make(), shortest)),
            "start_before_all_samples": list(sampled_from_one_start(make(), shortest)),
            "time_of_all_calls_returned": [n, each * n],
            "divided_by_calls_of_all_samples": [n, each * n / (2 * n - 1)],
            "order_of_the_pair": [each, n],
            "doubled_once_too_often": [2 * n, each / 2],
        },
    )
    repeated = device.calls == 3 * n - 1
    expect.that(not repeated, "sample_repeated", got=device.calls, expected=2 * n - 1)
    expect.that(device.calls == 2 * n - 1, "calls_counted", got=device.calls, expected=2 * n - 1)


# ---------------------------------------------------------------- unseen


def right_measure(fn, clock, warmup, repeats):
    for _ in range(warmup):
        fn()
    times = []
    for _ in range(repeats):
        before = clock()
        fn()
        times.append(clock() - before)
    return times


def right_summary(times):
    return statistics.median(times), sorted(times)[(9 * len(times) + 9) // 10 - 1]


@check(
    points=2,
    visible=False,
    examples=12,
    depends_on=("each_call_is_timed_by_itself", "nine_calls_in_ten_are_no_slower"),
)
@with_right(measure=right_measure, summarise=right_summary)
@given(seed=integers(0, 2**20), warmup=integers(0, 3), repeats=integers(20, 60))
def a_noisy_device_is_measured_and_summed_up(solution, seed, warmup, repeats):
    """With pauses of the operating system in it, and from a clock that has run for days."""
    draw = np.random.RandomState(seed)
    noise = draw.choice([0, 1, 2, 3, 40, 700], warmup + repeats, p=[0.3, 0.3, 0.2, 0.1, 0.08, 0.02])
    durations = [float(d) for d in (16 + noise + draw.randint(0, 8, warmup + repeats) / 8) / 1024]

    def make():
        return Device(durations, start=2.0**18, reading=1 / 2048)

    device = make()
    times = solution.measure(device.fn, device.clock, warmup, repeats)
    right = measured(make(), warmup, repeats)
    expect.close(times, right)
    expect.close(list(expect.pair(solution.summarise(right))), list(right_summary(right)))
