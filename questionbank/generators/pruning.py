"""Thresholds, patterns and schedules of pruning."""

from math import sqrt
from random import Random

import numpy as np

from questionbank.generators import Variant, generator
from reference_impl.pruning.masks import n_m_mask, sparsity, threshold_mask
from reference_impl.pruning.schedule import cubic_sparsity, density_after_rounds, retraining_dropout


def signed_hundredths(draw: Random, count: int, *, largest: int) -> list[float]:
    """Values of different magnitude and random sign, with two decimals."""
    return [draw.choice([-1, 1]) * m / 100 for m in draw.sample(range(2, largest), count)]


@generator("sparsity_at_threshold")
def sparsity_at_threshold(draw: Random) -> Variant:
    threshold = draw.choice([0.1, 0.15, 0.2, 0.25])
    while True:
        weights = signed_hundredths(draw, 10, largest=70)
        kept = threshold_mask(weights, threshold)
        if threshold in np.abs(weights):
            continue
        key = round(100 * sparsity(kept))
        no_magnitude = 10 * sum(w < threshold for w in weights)
        if 0 < key < 100 and len({key, 100 - key, no_magnitude}) == 3:
            break
    return Variant(
        params={"threshold": threshold, "removed": key // 10, **{f"w{i}": w for i, w in enumerate(weights)}},
        key=key,
        slips={"density": 100 - key, "no_magnitude": no_magnitude, "fraction": key / 100},
    )


@generator("two_of_four")
def two_of_four(draw: Random) -> Variant:
    """Sum of the weights that 2:4 pruning keeps in a row of eight."""
    while True:
        weights = np.array(signed_hundredths(draw, 8, largest=95))
        kept = weights[n_m_mask(weights, 2, 4)]
        by_value = np.sort(weights.reshape(2, 4), axis=1)[:, 2:]
        whole_row = weights[n_m_mask(weights, 4, 8)]
        removed = weights[~n_m_mask(weights, 2, 4)]
        sums = [round(float(part.sum()), 2) for part in (kept, by_value, whole_row, removed)]
        if min(abs(a - b) for i, a in enumerate(sums) for b in sums[:i]) > 0.03:
            break
    return Variant(
        params={f"w{i}": float(w) for i, w in enumerate(weights)}
        | {f"k{i}": float(w) for i, w in enumerate(kept)},
        key=sums[0],
        slips={"by_value": sums[1], "whole_row": sums[2], "removed": sums[3]},
    )


@generator("cubic_schedule")
def cubic_schedule(draw: Random) -> Variant:
    initial, final = draw.choice([10, 20, 25]), draw.choice([70, 75, 80, 90])
    steps, progress = draw.choice([1000, 2000, 4000]), draw.choice([0.2, 0.25, 0.5, 0.6])
    step = round(steps * progress)
    key = cubic_sparsity(step, initial=initial, final=final, start=0, end=steps)
    return Variant(
        params={
            "initial": initial,
            "final": final,
            "steps": steps,
            "step": step,
            "left": round(1 - progress, 2),
        },
        key=key,
        slips={
            "linear": initial + (final - initial) * progress,
            "slow_start": initial + (final - initial) * progress**3,
            "from_zero": final * (1 - (1 - progress) ** 3),
        },
    )


@generator("pruning_rounds")
def pruning_rounds(draw: Random) -> Variant:
    removed, rounds = draw.choice(
        [(20, 3), (20, 4), (30, 2), (30, 3), (40, 2), (25, 2), (25, 3), (15, 4), (10, 5)]
    )
    density = 100 * density_after_rounds(removed / 100, rounds)
    return Variant(
        params={"removed": removed, "rounds": rounds, "stays": round(1 - removed / 100, 2)},
        key=100 - density,
        slips={"added_up": rounds * removed, "density": density, "one_round": removed},
    )


@generator("retraining_dropout")
def dropout_when_retraining(draw: Random) -> Variant:
    dropout, density = draw.choice([0.4, 0.5]), draw.choice([4, 9, 16, 25, 36])
    return Variant(
        params={"dropout": dropout, "density": density, "fraction": density / 100},
        key=retraining_dropout(dropout, density / 100),
        slips={
            "no_root": dropout * density / 100,
            "unchanged": dropout,
            "removed_share": dropout * sqrt(1 - density / 100),
        },
    )
