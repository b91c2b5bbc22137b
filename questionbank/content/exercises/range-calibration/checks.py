"""What correct calibration does. Values are quarters, momenta sums of powers of two; of candidates whose errors are as good
as equal any is right, so rounding noise decides nothing."""

import numpy as np

from grader import expect
from grader.checks import check, given, with_right
from grader.strategies import integers, lists, multiples, sampled_from
from reference_impl.quantization.observers import MinMaxObserver, MovingAverageObserver, PercentileObserver

MOMENTA = sampled_from([0.25, 0.125, 0.75, 1.0])
PERCENTAGES = sampled_from([75.0, 90.0, 50.0, 99.0, 100.0])
ALIKE = 1e-4  #: errors that differ by no more are equal: float32 may compute them
ATOL = 1e-9


def batches_of(values, most=4):
    """Up to `most` batches, each of one to five values in a row."""
    return lists(lists(values, min_size=1, max_size=5), min_size=1, max_size=most).map(as_arrays)


def as_arrays(rows):
    return [np.array(row, np.float32) for row in rows]


def observed(observer, batches):
    for batch in batches:
        observer.observe(batch)
    return tuple(observer.range())


def right_min_max(batches):
    return observed(MinMaxObserver(), batches)


def right_moving_average(batches, momentum):
    return observed(MovingAverageObserver(momentum), batches)


def right_percentile(batches, percent):
    lo, hi = observed(PercentileObserver(percent, symmetric=True), batches)
    return max(-lo, hi)


def pooled(batches):
    return np.concatenate([np.ravel(batch) for batch in batches]).astype(np.float64)


def ends(batches):
    """Least and greatest value of each batch, in two rows."""
    return np.array([[batch.min() for batch in batches], [batch.max() for batch in batches]], np.float64)


# ---------------------------------------------------------------- the mean squared error of candidates


def candidate_limits(x, candidates):
    return np.abs(x).max() * np.arange(1, candidates + 1) / candidates


def deviations(x, limits, last, *, first=None):
    """Round trip minus value, in steps; one row for each limit. `last` None: not clamped."""
    steps = x / (limits / last)[:, None]
    return np.clip(np.rint(steps), -last if first is None else first, last) - steps


def squared_errors(x, limits, last):
    return ((deviations(x, limits, last) * (limits / last)[:, None]) ** 2).mean(axis=1)


def best_limits(x, bits, candidates):
    """All whose error is as good as the least, the narrowest first."""
    if not x.any():
        return np.zeros(1)
    limits = candidate_limits(x, candidates)
    errors = squared_errors(x, limits, 2 ** (bits - 1) - 1)
    return limits[errors <= errors.min() * (1 + ALIKE) + 1e-12 * limits[-1] ** 2]


def right_mse_limit(batches, bits, candidates):
    return float(best_limits(pooled(batches), bits, candidates)[-1])


def wrong_mse_limits(batches, bits, candidates):
    x, last = pooled(batches), 2 ** (bits - 1) - 1
    limits = candidate_limits(x, candidates)
    steps = deviations(x, limits, last)
    width = (limits / last)[:, None]
    unclamped = (np.rint(x / width) - x / width) * width
    of_batches = [squared_errors(pooled([batch]), limits, last) for batch in batches]
    return {
        "nothing_clipped": limits[-1],
        "least_absolute_error": limits[np.abs(steps * width).mean(axis=1).argmin()],
        "error_counted_in_codes": limits[(steps**2).mean(axis=1).argmin()],
        "values_not_clamped": limits[(unclamped**2).mean(axis=1).argmin()],
        "batches_weighted_alike": limits[np.mean(of_batches, axis=0).argmin()],
        "one_bit_too_many": limits[squared_errors(x, limits, 2**bits - 1).argmin()],
        "share_instead_of_limit": right_mse_limit(batches, bits, candidates) / limits[-1],
        "last_batch_only": right_mse_limit(batches[-1:], bits, candidates),
        "most_negative_ignored": right_mse_limit([np.maximum(x, 0)], bits, candidates),
    }


def one_of_the_best(got, batches, bits, candidates, slips=None):
    limits = best_limits(pooled(batches), bits, candidates)
    found = expect.array(got, ())
    if (np.abs(limits - found) <= 1e-6 * limits + ATOL).any():
        return
    expect.close(got, float(limits[-1]), atol=ATOL, slips=slips)


# ---------------------------------------------------------------- min_max_range


@check(points=1, examples=30)
@given(batches=batches_of(multiples(0.25, -40, 40)))
def extremes_are_those_of_all_batches(solution, batches):
    lo, hi = right_min_max(batches)
    first, second = ends(batches)
    largest = max(abs(lo), abs(hi))
    expect.close(
        expect.pair(solution.min_max_range(batches)),
        (lo, hi),
        slips={
            "last_batch_only": (first[-1], second[-1]),
            "first_batch_only": (first[0], second[0]),
            "ends_averaged": (first.mean(), second.mean()),
            "widened_to_zero": (min(lo, 0.0), max(hi, 0.0)),
            "made_symmetric": (-largest, largest),
            "upper_before_lower": (hi, lo),
        },
    )


# ---------------------------------------------------------------- moving_average_range


@check(points=2, examples=30)
@given(batches=batches_of(multiples(0.25, -40, 40)), momentum=MOMENTA)
def newest_batch_has_the_weight_of_the_momentum(solution, batches, momentum):
    first, second = ends(batches)
    at_zero = [np.zeros(1, np.float32), *batches]
    whole_so_far = [np.concatenate(batches[: i + 1]) for i in range(len(batches))]
    expect.close(
        expect.pair(solution.moving_average_range(batches, momentum)),
        right_moving_average(batches, momentum),
        atol=1e-6,
        slips={
            "weights_swapped": weighted(batches, 1 - momentum),
            "started_from_zero": weighted(at_zero, momentum),
            "last_batch_only": (first[-1], second[-1]),
            "ends_averaged": (first.mean(), second.mean()),
            "from_the_last_batch": weighted(batches[::-1], momentum),
            "average_of_the_extremes_so_far": weighted(whole_so_far, momentum),
            "upper_before_lower": right_moving_average(batches, momentum)[::-1],
        },
    )


def weighted(batches, momentum):
    """With a weight of zero too, which the reference refuses."""
    first, second = ends(batches)
    if momentum == 0:
        return first[0], second[0]
    return right_moving_average(batches, momentum)


# ---------------------------------------------------------------- percentile_limit


@check(points=2, examples=40)
@given(batches=batches_of(multiples(0.25, -40, 40)), percent=PERCENTAGES)
def percentile_is_of_all_magnitudes(solution, batches, percent):
    x, right = pooled(batches), right_percentile(batches, percent)
    sizes = np.sort(np.abs(x))
    of_batches = [right_percentile([batch], percent) for batch in batches]
    place = min(int(x.size * percent / 100), x.size - 1)
    expect.close(
        solution.percentile_limit(batches, percent),
        right,
        atol=1e-6,
        slips={
            "nothing_clipped": sizes[-1],
            "percentile_of_signed_values": np.percentile(x, percent),
            "last_batch_only": of_batches[-1],
            "percentiles_of_batches_averaged": np.mean(of_batches),
            "largest_percentile_of_the_batches": max(of_batches),
            "percent_taken_for_a_share": np.percentile(sizes, percent / 100),
            "clipped_instead_of_kept": np.percentile(sizes, 100 - percent),
            "split_over_both_ends": np.percentile(sizes, 50 + percent / 2),
            "not_interpolated": sizes[place],
        },
    )


# ---------------------------------------------------------------- mse_limit


@check(points=3, examples=40)
@given(
    batches=batches_of(multiples(0.25, -9, 9), most=3),
    outlier=multiples(1.0, 3, 8),
    place=integers(0, 3),
    bits=integers(2, 3),
)
def least_squared_error_weighs_rounding_and_clipping(solution, batches, outlier, place, bits):
    """One value far out in one of the batches: to keep it, all others get wider steps."""
    batches = [np.tile(batch, 2) for batch in batches]
    batches.insert(place % (len(batches) + 1), np.array([1.0, -outlier], np.float32))
    got = solution.mse_limit(batches, bits, 16)
    one_of_the_best(got, batches, bits, 16, wrong_mse_limits(batches, bits, 16))


# ---------------------------------------------------------------- special batches


@check(
    points=1,
    examples=15,
    depends_on=(
        "extremes_are_those_of_all_batches",
        "newest_batch_has_the_weight_of_the_momentum",
        "percentile_is_of_all_magnitudes",
        "least_squared_error_weighs_rounding_and_clipping",
    ),
)
@with_right(
    min_max_range=right_min_max,
    moving_average_range=right_moving_average,
    percentile_limit=right_percentile,
    mse_limit=right_mse_limit,
)
@given(value=sampled_from([0.0, -0.0, 0.75, -3.0]), sizes=lists(integers(1, 3), min_size=1, max_size=3))
def constant_batches_give_their_constant(solution, value, sizes):
    batches = [np.full(size, value, np.float32) for size in sizes]
    both = (value, value)
    widened = {"widened_to_zero": (min(value, 0.0), max(value, 0.0))}
    expect.close(expect.pair(solution.min_max_range(batches)), both, slips=widened)
    expect.close(expect.pair(solution.moving_average_range(batches, 0.5)), both, atol=1e-6)
    expect.close(solution.percentile_limit(batches, 90.0), abs(value), atol=ATOL)
    expect.close(solution.mse_limit(batches, 4, 10), abs(value), atol=ATOL, slips={"one_for_zeros": 1.0})


@check(
    points=1,
    examples=20,
    depends_on=(
        "extremes_are_those_of_all_batches",
        "newest_batch_has_the_weight_of_the_momentum",
        "percentile_is_of_all_magnitudes",
        "least_squared_error_weighs_rounding_and_clipping",
    ),
)
@with_right(
    min_max_range=right_min_max,
    moving_average_range=right_moving_average,
    percentile_limit=right_percentile,
    mse_limit=right_mse_limit,
)
@given(
    shape=sampled_from([(2, 3), (4, 2), (3, 2, 2), (2, 1, 2, 3)]),
    first=integers(-9, 3),
    factor=sampled_from([5, 7]),
    kind=sampled_from(["list", "array", "strided", "float64", "larger last"]),
)
def batches_may_have_any_shape(solution, shape, first, factor, kind):
    """A list of arrays, or one array whose first axis counts the batches, which is left as it was."""
    count = int(np.prod(shape))
    mixed = ((np.arange(count) * factor) % count + first).reshape(shape)
    stacked = mixed.astype(np.float64 if kind == "float64" else np.float32)
    batches = list(stacked)
    if kind == "larger last":
        batches.append(np.tile(stacked, 2))
    if kind == "strided":
        held = solution.strided(stacked)
    else:
        held = batches if kind in {"list", "larger last"} else solution.keep(stacked)
    expect.close(solution.percentile_limit(held, 75.0), right_percentile(batches, 75.0), atol=1e-6)
    one_of_the_best(solution.mse_limit(held, 3, 8), batches, 3, 8)
    expect.close(expect.pair(solution.min_max_range(held)), right_min_max(batches))
    moved = expect.pair(solution.moving_average_range(held, 0.25))
    expect.close(moved, right_moving_average(batches, 0.25), atol=1e-6)


@check(
    points=1,
    visible=False,
    examples=15,
    depends_on=(
        "extremes_are_those_of_all_batches",
        "newest_batch_has_the_weight_of_the_momentum",
        "percentile_is_of_all_magnitudes",
        "least_squared_error_weighs_rounding_and_clipping",
    ),
)
@with_right(
    min_max_range=right_min_max,
    moving_average_range=right_moving_average,
    percentile_limit=right_percentile,
    mse_limit=right_mse_limit,
)
@given(
    seed=integers(0, 2**20),
    count=integers(2, 6),
    after_relu=sampled_from([False, True]),
    bits=integers(2, 8),
    percent=sampled_from([99.0, 99.9, 95.0]),
)
def activations_with_outliers_are_calibrated(solution, seed, count, after_relu, bits, percent):
    draw = np.random.RandomState(seed)
    batches = [draw.laplace(size=(draw.randint(1, 9), 16)).astype(np.float32) for _ in range(count)]
    if after_relu:
        batches = [np.maximum(batch, 0) for batch in batches]
    batches[draw.randint(count)][0, 3] = 40.0
    expect.close(expect.pair(solution.min_max_range(batches)), right_min_max(batches))
    moved = expect.pair(solution.moving_average_range(batches, 0.1))
    expect.close(moved, right_moving_average(batches, 0.1), rtol=1e-5, atol=1e-6)
    expect.close(
        solution.percentile_limit(batches, percent), right_percentile(batches, percent), rtol=1e-5, atol=1e-6
    )
    one_of_the_best(solution.mse_limit(batches, bits, 40), batches, bits, 40)
