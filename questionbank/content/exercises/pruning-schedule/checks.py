"""What a correct schedule gives. Sparsities agree to six digits; numbers of weights are exact, of layers in which no step
of the schedule comes near half a weight, so that every way to round and every order of operations counts the same."""

from math import ceil, floor, log

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import integers, one_of, sampled_from
from reference_impl.pruning import cubic_sparsity, density_after_rounds

#: s_i, s_f
SPARSITIES = sampled_from([(0.25, 0.75), (0.0, 0.5), (0.1, 0.9), (0.5, 0.95), (0.0, 0.8)])


def right_sparsity(t, s_i, s_f, t0, n, dt):
    return cubic_sparsity(t, initial=s_i, final=s_f, start=t0, end=t0 + n * dt)


def listed(got):
    """Numbers in a row may come back as a list, a tuple or an array."""
    if isinstance(got, np.ndarray):
        return got.tolist()
    return list(got) if isinstance(got, tuple) else got


def wrong_curves(p, s_i, s_f):
    """At progress p, in 0 ... 1 or an array of such."""
    rise = s_f - s_i
    return {
        "linear": s_i + rise * p,
        "squared": s_f - rise * (1 - p) ** 2,
        "slow_at_first": s_i + rise * p**3,
        "initial_ignored": s_f * (1 - (1 - p) ** 3),
        "runs_backwards": s_i + rise * (1 - p) ** 3,
        "rises_by_the_final": s_i + s_f * (1 - (1 - p) ** 3),
    }


def wrong_sparsities(t, s_i, s_f, t0, n, dt):
    p = np.clip((t - t0) / (n * dt), 0, 1)
    progress = {
        "dt_forgotten": (t - t0) / n,
        "n_forgotten": (t - t0) / dt,
        "start_forgotten": t / (n * dt),
        "divided_by_the_end": (t - t0) / (t0 + n * dt),
        "frozen_between_pruning_steps": (t - t0) // dt / n,
    }
    return wrong_curves(p, s_i, s_f) | {
        slip: s_f + (s_i - s_f) * (1 - np.clip(wrong, 0, 1)) ** 3 for slip, wrong in progress.items()
    }


# ---------------------------------------------------------------- sparsity_at


@check(points=2, examples=40)
@given(
    part=integers(1, 15),
    ends=SPARSITIES,
    t0=integers(0, 60),
    n=integers(2, 10),
    dt=sampled_from([10, 3, 7, 100]),
)
def sparsity_follows_the_cube(solution, part, ends, t0, n, dt):
    t = t0 + max(1, part * n * dt // 16)
    expect.close(
        solution.sparsity_at(t, *ends, t0, n, dt),
        right_sparsity(t, *ends, t0, n, dt),
        atol=1e-9,
        slips=wrong_sparsities(t, *ends, t0, n, dt),
    )


@check(points=2, examples=40, depends_on="sparsity_follows_the_cube")
@given(
    outside=one_of(integers(0, 12), integers(-12, 0)),
    ends=SPARSITIES,
    t0=integers(12, 60),
    n=integers(1, 6),
    dt=sampled_from([1, 4, 10]),
)
def sparsity_stays_before_and_after(solution, outside, ends, t0, n, dt):
    """At both ends and beyond them."""
    t = t0 + outside if outside <= 0 else t0 + n * dt + outside - 1
    s_i, s_f = ends
    runs_on = s_f + (s_i - s_f) * (1 - (t - t0) / (n * dt)) ** 3
    right = right_sparsity(t, s_i, s_f, t0, n, dt)
    expect.close(
        solution.sparsity_at(t, s_i, s_f, t0, n, dt),
        right,
        atol=1e-9,
        slips={
            "runs_on_after_the_end": runs_on if t > t0 else right,
            "runs_on_before_the_start": runs_on if t < t0 else right,
            **wrong_sparsities(t, s_i, s_f, t0, n, dt),
        },
    )


# ---------------------------------------------------------------- pruning_steps


@check(points=1, examples=30)
@given(t0=integers(0, 50), n=integers(1, 6), dt=integers(1, 20))
def there_are_n_steps_after_the_first(solution, t0, n, dt):
    right = [t0 + k * dt for k in range(n + 1)]
    expect.equal(
        listed(solution.pruning_steps(t0, n, dt)),
        right,
        slips={
            "last_step_missing": right[:-1],
            "first_step_missing": right[1:],
            "steps_from_zero": [k * dt for k in range(n + 1)],
            "end_without_the_start": list(range(t0, n * dt + 1, dt)),
            "n_and_dt_swapped": [t0 + k * n for k in range(dt + 1)],
            "progress_instead_of_steps": [k / n for k in range(n + 1)],
        },
    )


# ---------------------------------------------------------------- weights_to_remove


def totals(size, shares):
    return [round(size * share) for share in shares]


def shares_of(s_i, s_f, n):
    return [right_sparsity(k, s_i, s_f, 0, n, 1) for k in range(n + 1)]


def decided(size, s_i, s_f, n):
    """No share is nearly half a weight away from a whole number of them."""
    return all(abs(size * share % 1 - 0.5) > 1e-4 for share in shares_of(s_i, s_f, n))


LAYERS = [
    (size, s_i, s_f, n)
    for size in (10, 16, 25, 7, 64, 100, 1, 0, 330)
    for s_i, s_f in ((0.0, 0.5), (0.25, 0.75), (0.1, 0.9), (0.5, 0.95), (0.6, 0.6))
    for n in (3, 1, 2, 4, 5, 10)
    if decided(size, s_i, s_f, n)
]


def wrong_counts(size, s_i, s_f, n):
    shares, right = shares_of(s_i, s_f, n), right_counts(size, s_i, s_f, n)
    by_curve = wrong_curves(np.arange(n + 1) / n, s_i, s_f)
    return {
        "totals_instead_of_differences": totals(size, shares),
        "differences_rounded": totals(size, np.diff(shares, prepend=0)),
        "share_of_what_is_left": removed_from_what_is_left(size, shares),
        "counts_rounded_down": steps_between([int(size * share + 1e-9) for share in shares]),
        "first_step_missing": right[1:],
        "last_step_missing": right[:-1],
        "first_step_removes_nothing": [0, *right[1:]],
        "weights_that_stay": [size - total for total in totals(size, shares)],
        **{slip: steps_between(totals(size, found)) for slip, found in by_curve.items()},
    }


def right_counts(size, s_i, s_f, n):
    return steps_between(totals(size, shares_of(s_i, s_f, n)))


def steps_between(totals_by_step):
    return np.diff(totals_by_step, prepend=0).tolist()


def removed_from_what_is_left(size, shares):
    counts, left = [], size
    for share in shares:
        counts.append(round(left * share))
        left -= counts[-1]
    return counts


@check(points=2, examples=40, depends_on="sparsity_follows_the_cube")
@given(layer=sampled_from(LAYERS))
def each_step_removes_what_is_missing(solution, layer):
    expect.equal(listed(solution.weights_to_remove(*layer)), right_counts(*layer), slips=wrong_counts(*layer))


# ---------------------------------------------------------------- rounds_to_reach


@check(points=2, examples=40)
@given(
    share=sampled_from([0.5, 0.2, 0.1, 0.25, 0.9]),
    rounds=integers(1, 10),
    place=sampled_from([0.5, 0.2, 0.9]),
)
def each_round_removes_a_share_of_what_is_left(solution, share, rounds, place):
    """The sparsity lies between those that two neighbouring numbers of rounds reach."""
    before, after = (1 - density_after_rounds(share, r) for r in (rounds - 1, rounds))
    sparsity = before + place * (after - before)
    exact = log(1 - sparsity) / log(1 - share)
    expect.equal(
        solution.rounds_to_reach(sparsity, share),
        rounds,
        slips={
            "rounds_added_up": ceil(sparsity / share - 1e-9),
            "rounds_to_the_nearest": round(exact),
            "one_round_too_few": floor(exact),
            "fractions_of_a_round": exact,
            "share_taken_for_what_stays": ceil(log(1 - sparsity) / log(share)),
            "one_round_too_many": rounds + 1,
        },
    )


@check(points=1, examples=10)
@given(
    sparsity=sampled_from([0.5, 0.9, 0.99]),
    share=sampled_from([0.5, 0.2]),
    everything=sampled_from([False, True]),
)
def no_round_or_one_may_be_enough(solution, sparsity, share, everything):
    """Nothing to remove; a round that removes everything."""
    wanted = (sparsity, 1.0) if everything else (0.0, share)
    got = solution.rounds_to_reach(*wanted)
    expect.equal(got, int(everything), slips={"one_round_too_many": int(everything) + 1})


# ---------------------------------------------------------------- unseen


def large_layers():
    draw = np.random.RandomState(6)
    drawn = [
        (
            int(draw.randint(10_000, 3_000_000)),
            round(draw.uniform(0, 0.5), 2),
            round(draw.uniform(0.5, 1), 2),
            n,
        )
        for n in draw.randint(1, 60, 120).tolist()
    ]
    return [layer for layer in drawn if decided(*layer)]


@check(points=1, visible=False, examples=12)
@given(
    layer=sampled_from(large_layers()), t0=integers(0, 10_000), dt=integers(1, 1000), part=integers(-8, 40)
)
def long_schedules_of_large_layers_are_exact(solution, layer, t0, dt, part):
    _, s_i, s_f, n = layer
    t = t0 + part * n * dt // 32
    right = right_sparsity(t, s_i, s_f, t0, n, dt)
    expect.close(solution.sparsity_at(t, s_i, s_f, t0, n, dt), right, atol=1e-9)
    expect.equal(listed(solution.pruning_steps(t0, n, dt)), [t0 + k * dt for k in range(n + 1)])
    expect.equal(listed(solution.weights_to_remove(*layer)), right_counts(*layer))
