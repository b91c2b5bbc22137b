"""What a correct allocation is: within the budget, of the choices, and none loses less. Many may be best: any of them is
right, so losses are compared. They are quarters, whose sums are exact, except where a network is large."""

from functools import cache

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, integers, lists, multiples, sampled_from
from reference_impl.quantization import Layer, allocate_bits

CHOICES = sampled_from([[2, 4, 8], [1, 3, 4], [3, 5, 6]])
SIZES = lists(integers(1, 9), min_size=2, max_size=4)
#: by layer: what it loses with the most bits, and how much more with each choice below
LOSSES = arrays(multiples(0.25, 0, 24), shape=(4, 3), dtype=np.float64)


def falling(losses, layers):
    """Losses (layers, 3) that fall with the bits."""
    return losses[:layers, ::-1].cumsum(axis=1)[:, ::-1]


def size_of(sizes, bits):
    return sum(n * b for n, b in zip(sizes, bits, strict=True))


def least_loss(sensitivity, sizes, budget, choices):
    """None: even the fewest bits are too many."""
    layers = [
        Layer(n, dict(zip(choices, row, strict=True)))
        for n, row in zip(sizes, sensitivity.tolist(), strict=True)
    ]
    return allocate_bits(layers, budget).loss if size_of(sizes, [choices[0]] * len(sizes)) <= budget else None


def loss_of(sensitivity, bits, choices):
    return sum(float(row[choices.index(b)]) for row, b in zip(sensitivity, bits, strict=True))


def allocation(got, sizes, choices):
    """The bit widths as ints; there is one for each layer, and all are among the choices."""
    bits = expect.array(got, (len(sizes),)).tolist()
    expect.that(set(bits) <= set(choices), "not_a_choice", got=got)
    return [int(b) for b in bits]


# ---------------------------------------------------------------- size_bits, uniform_bits


@check(points=1, examples=30)
@given(sizes=SIZES, bits=lists(integers(1, 8), min_size=4, max_size=4))
def the_size_counts_every_weight(solution, sizes, bits):
    bits = bits[: len(sizes)]
    expect.equal(
        solution.size_bits(sizes, bits),
        size_of(sizes, bits),
        slips=lambda: {
            "size_in_bytes": size_of(sizes, bits) / 8,
            "size_in_whole_bytes": size_of(sizes, bits) // 8,
            "bits_without_weights": sum(bits),
            "weights_times_mean_bits": sum(sizes) * float(np.mean(bits)),
        },
    )


@check(points=1, examples=30)
@given(sizes=SIZES, choices=CHOICES, pick=integers(0, 2), spare=sampled_from([0, 1, 0, 5]))
def one_width_for_all_is_the_largest_that_fits(solution, sizes, choices, pick, spare):
    budget = sum(sizes) * choices[pick] + spare

    def largest(bits_there_are):
        fitting = [width for width in choices if sum(sizes) * width <= bits_there_are]
        return max(fitting, default=0)

    expect.equal(
        solution.uniform_bits(sizes, budget, choices),
        largest(budget),
        slips=lambda: {
            "full_budget_refused": largest(budget - 1),
            "budget_taken_for_bytes": largest(8 * budget),
            "width_not_a_choice": budget // sum(sizes),
            "smallest_width": choices[0],
        },
    )


# ---------------------------------------------------------------- assign_bits


def filled(sensitivity, sizes, budget, choices, order):
    """Layer after layer the most bits that leave the fewest to all others."""
    bits = [choices[0]] * len(sizes)
    for layer in order:
        for width in choices:
            tried = [*bits[:layer], width, *bits[layer + 1 :]]
            bits = tried if size_of(sizes, tried) <= budget else bits
    return loss_of(sensitivity, bits, choices)


def by_gain(sensitivity, sizes, budget, choices):
    """One choice up, again and again, where it saves most loss for each bit."""
    at = [0] * len(sizes)
    while True:
        ways = [
            (
                (sensitivity[i, j] - sensitivity[i, j + 1])
                / ((sizes[i] or 1e-9) * (choices[j + 1] - choices[j])),
                -i,
            )
            for i, j in enumerate(at)
            if j + 1 < len(choices)
            and size_of(sizes, [choices[k + (i == m)] for m, k in enumerate(at)]) <= budget
        ]
        if not ways:
            return loss_of(sensitivity, [choices[j] for j in at], choices)
        at[-max(ways)[1]] += 1


def wrong_losses(sensitivity, sizes, budget, choices):
    layers = range(len(sizes))
    worst = -least_loss(-sensitivity, sizes, budget, choices)
    same = max(w for w in choices if sum(sizes) * w <= budget)
    strictly = least_loss(sensitivity, sizes, budget - 1, choices)
    return {
        "largest_layers_first": filled(
            sensitivity, sizes, budget, choices, sorted(layers, key=lambda i: -sizes[i])
        ),
        "smallest_layers_first": filled(
            sensitivity, sizes, budget, choices, sorted(layers, key=lambda i: sizes[i])
        ),
        "most_sensitive_first": filled(
            sensitivity, sizes, budget, choices, sorted(layers, key=lambda i: -sensitivity[i, 0])
        ),
        "best_gain_first": by_gain(sensitivity, sizes, budget, choices),
        "same_width_for_all": loss_of(sensitivity, [same] * len(sizes), choices),
        "full_budget_refused": worst if strictly is None else strictly,
        "budget_taken_for_bytes": least_loss(sensitivity, sizes, 8 * budget, choices),
        "fewest_bits_for_all": float(sensitivity[:, 0].sum()),
        "most_loss": worst,  # where losses fall with the bits, that is the fewest bits for all
    }


@check(points=1, examples=25)
@given(losses=LOSSES, sizes=SIZES, choices=CHOICES, spare=integers(1, 30))
def the_budget_is_kept(solution, losses, sizes, choices, spare):
    budget = sum(sizes) * choices[0] + spare
    bits = allocation(
        solution.assign_bits(falling(losses, len(sizes)), sizes, budget, choices), sizes, choices
    )
    size = size_of(sizes, bits)
    expect.that(size <= budget, "over_the_budget", got=bits, size=size, budget=budget)


@check(points=3)
@given(losses=LOSSES, sizes=SIZES, choices=CHOICES, picks=lists(integers(0, 2), min_size=4, max_size=4))
def no_allocation_within_the_budget_loses_less(solution, losses, sizes, choices, picks):
    """The budget is the size of some allocation: all of it may be spent."""
    budget = size_of(sizes, [choices[pick] for pick in picks[: len(sizes)]])
    sensitivity = falling(losses, len(sizes))
    bits = allocation(solution.assign_bits(sensitivity, sizes, budget, choices), sizes, choices)
    expect.equal(
        loss_of(sensitivity, bits, choices),
        least_loss(sensitivity, sizes, budget, choices),
        slips=lambda: wrong_losses(sensitivity, sizes, budget, choices),
    )
    expect.at_most(size_of(sizes, bits), budget)


@check(points=1, examples=20, depends_on="no_allocation_within_the_budget_loses_less")
@given(
    sensitivity=arrays(multiples(0.25, -8, 16), shape=(3, 3), dtype=np.float64),
    sizes=lists(integers(0, 9), min_size=3, max_size=3),
    spare=sampled_from([1000, 40]),
)
def measured_losses_may_rise_with_the_bits(solution, sensitivity, sizes, spare):
    """Noise of the measurement; a layer may have no weights as well."""
    choices = [2, 4, 8]
    budget = sum(sizes) * 2 + spare
    bits = allocation(solution.assign_bits(sensitivity, sizes, budget, choices), sizes, choices)
    wrong = wrong_losses(sensitivity, sizes, budget, choices)
    room_for_all = size_of(sizes, [8, 8, 8]) <= budget
    expect.equal(
        loss_of(sensitivity, bits, choices),
        least_loss(sensitivity, sizes, budget, choices),
        slips=lambda: {
            **({"bits_spent_for_nothing": float(sensitivity[:, -1].sum())} if room_for_all else {}),
            "most_loss": wrong["most_loss"],
            **wrong,
        },
    )
    expect.at_most(size_of(sizes, bits), budget)


@check(points=1, examples=15)
@given(
    losses=LOSSES,
    sizes=SIZES,
    choices=CHOICES,
    missing=integers(1, 9),
    function=sampled_from(["assign_bits", "uniform_bits"]),
)
def a_budget_that_is_too_small_raises(solution, losses, sizes, choices, missing, function):
    """And one bit width everywhere, the smallest, fits a budget that is just enough."""
    least = sum(sizes) * choices[0]
    layers = (falling(losses, len(sizes)),) if function == "assign_bits" else ()
    call = getattr(solution, function)
    expect.raises(lambda: call(*layers, sizes, max(least - missing, 0), choices), "ValueError")
    enough = [choices[0]] * len(sizes) if layers else choices[0]
    expect.equal(call(*layers, sizes, least, choices), np.array(enough))


@check(points=1, examples=6)
@given(losses=LOSSES, spare=integers(0, 40))
def the_given_losses_are_not_changed(solution, losses, spare):
    sizes, choices, sensitivity = [3, 1, 4, 2], [2, 4, 8], falling(losses + 0.25, 4)
    fresh = solution.assign_bits(sensitivity, sizes, 25 + spare, choices)
    expect.length(fresh, 4)
    kept = solution.keep(sensitivity)
    solution.assign_bits(kept, sizes, 60 - spare, choices)
    expect.unchanged_input(solution.assign_bits(kept, sizes, 25 + spare, choices), fresh)


# ---------------------------------------------------------------- unseen


@cache
def deep(seed, widths):
    """Losses, sizes, budget, choices and the least loss of a network with 16 layers; with four choices, of 12."""
    draw = np.random.RandomState(seed)
    choices = [2, 4, 8] if widths == 3 else [2, 3, 4, 8]
    layers = 16 if widths == 3 else 12
    sizes = (16 * draw.randint(1, 25, layers)).tolist()
    noise = draw.lognormal(0, 2, layers)[:, None] * draw.uniform(0.9, 1.1, (layers, widths))
    sensitivity = noise * 4.0 ** -np.array(choices)
    budget = int(sum(sizes) * draw.uniform(2.5, 6))
    return sensitivity, sizes, budget, choices, least_loss(sensitivity, sizes, budget, choices)


@check(points=2, visible=False, examples=3, depends_on="no_allocation_within_the_budget_loses_less")
@given(seed=integers(0, 50), widths=sampled_from([3, 4]))
def deep_networks_lose_least_in_time(solution, seed, widths):
    sensitivity, sizes, budget, choices, least = deep(seed, widths)
    bits = allocation(solution.assign_bits(sensitivity, sizes, budget, choices), sizes, choices)
    expect.at_most(size_of(sizes, bits), budget)
    expect.close(loss_of(sensitivity, bits, choices), least, rtol=1e-9)
