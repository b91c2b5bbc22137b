"""Ranges and scales: averaged while calibrating, shared by groups, equalized between layers, passed by gradients."""

import itertools
from random import Random

import numpy as np

from questionbank.generators import Variant, generator
from questionbank.generators.quantization import RESTRICTED
from reference_impl.quantization import equalize, fake_quantize_backward
from reference_impl.quantization.observers import MovingAverageObserver
from reference_impl.sparse import dense_bits


@generator("moving_average_limit")
def moving_average_limit(draw: Random) -> Variant:
    """Upper limit after three batches, by an exponential moving average of their maxima."""
    share = draw.choice([0.1, 0.2, 0.25])
    while True:
        maxima = [draw.randrange(20, 95) / 10 for _ in range(3)]
        limits = [_limit_after(maxima, share), _limit_after(maxima, 1 - share), sum(maxima) / 3]
        wrong = [*limits[1:], max(maxima), _limit_after([0.0, *maxima], share)]
        if all(abs(a - b) > 0.05 for a, b in itertools.combinations([limits[0], *wrong], 2)):
            break
    return Variant(
        params={f"m{i}": m for i, m in enumerate(maxima)}
        | {"share": share, "second": round(_limit_after(maxima[:2], share), 4)},
        key=round(limits[0], 6),
        slips=dict(zip(("shares_swapped", "plain_mean", "maximum", "from_zero"), wrong, strict=True)),
    )


def _limit_after(maxima: list[float], share: float) -> float:
    observer = MovingAverageObserver(share)
    for maximum in maxima:
        observer.observe([0.0, maximum])
    return observer.range().hi


@generator("bits_with_group_scales")
def bits_with_group_scales(draw: Random) -> Variant:
    """Bits a weight takes when each group of neighbours stores a 16-bit scale."""
    bits, group = draw.choice([2, 3, 4, 8]), draw.choice([16, 32, 64, 128])
    codes, scale = dense_bits(group, value_bits=bits), dense_bits(1, value_bits=16)
    return Variant(
        params={"bits": bits, "group": group, "total": codes + scale},
        key=(codes + scale) / group,
        slips={
            "scales_forgotten": bits,
            "scale_per_weight": bits + 16,
            "wide_scale": (codes + dense_bits(1)) / group,
        },
    )


@generator("equalization_factor")
def equalization_factor(draw: Random) -> Variant:
    """What a channel is divided by so that its ranges in two layers meet; the root is exact."""
    factor, second = draw.choice([0.5, 1.5, 2, 2.5, 3, 4]), draw.choice([0.2, 0.4, 0.6, 0.8, 1.2])
    first = round(factor**2 * second, 4)
    key = float(equalize([[first]], [0.0], [[second]]).factors[0])
    return Variant(
        params={"first": first, "second": second, "ratio": round(first / second, 4)},
        key=round(key, 9),
        slips={
            "no_root": round(first / second, 4),
            "upside_down": 1 / factor,
            "common_range": round(factor * second, 4),
        },
    )


@generator("straight_through_sum")
def straight_through_sum(draw: Random) -> Variant:
    """Gradient of a bias that is added to four values before a fake quantizer with range -limit … limit."""
    limit = draw.choice([1, 1.5, 2])
    while True:
        inside = [draw.randrange(-9, 10) / 10 * limit for _ in range(2)]
        beyond = [side * (limit + draw.randrange(3, 15) / 10) for side in (-1, 1)]
        values = np.array(draw.sample(inside + beyond, 4)).round(2)
        gradients = np.array([draw.choice([-1, 1]) * draw.randrange(1, 10) / 10 for _ in values])
        passed = fake_quantize_backward(gradients, values, RESTRICTED.qparams(-limit, limit), RESTRICTED)
        key, everything = round(float(passed.sum()), 4), round(float(gradients.sum()), 4)
        sums = [key, everything, round(everything - key, 4), 0.0]
        if all(abs(a - b) > 0.05 for a, b in itertools.combinations(sums, 2)):
            break
    left = [float(g) for g in gradients[passed != 0]]
    return Variant(
        params={f"x{i}": float(x) for i, x in enumerate(values)}
        | {f"g{i}": float(g) for i, g in enumerate(gradients)}
        | {"limit": limit, "first": left[0], "second": left[1]},
        key=key,
        slips={"all_pass": everything, "saturated_pass": sums[2], "true_derivative": 0},
    )
