"""Affine and symmetric quantization: scales, zero points, errors, folding."""

import itertools
from math import floor, sqrt
from random import Random

from questionbank.generators import Variant, generator
from reference_impl.quantization import (
    PerTensor,
    Scheme,
    choose_qparams,
    choose_signed_qparams,
    dequantize,
    fold,
    quantize,
    quantize_with,
    rounding_error_bound,
)
from reference_impl.sparse import dense_bits

#: Codes -127 ... 127: the limits of a symmetric range are the first and the last code.
RESTRICTED = Scheme.symmetric_restricted(8)


def rounds_up(value: float) -> bool:
    """Clearly above the half, so that truncating shows."""
    return 0.6 < value - floor(value) < 0.95


@generator("affine_scale")
def affine_scale(draw: Random) -> Variant:
    while True:
        lo, hi = -draw.randrange(10, 105, 5), draw.randrange(20, 205, 5)
        if lo != -hi:
            break
    bits = draw.choice([4, 6, 8])
    return Variant(
        params={"lo": lo, "hi": hi, "bits": bits, "width": hi - lo, "levels": 2**bits, "steps": 2**bits - 1},
        options={
            "steps": choose_qparams(lo, hi, bits=bits).scale,
            "levels": (hi - lo) / 2**bits,
            "symmetric": choose_signed_qparams(lo, hi, bits=bits).scale,
            "upper_limit_only": hi / (2**bits - 1),
        },
    )


@generator("affine_zero_point")
def affine_zero_point(draw: Random) -> Variant:
    """Drawn so that rounding and truncating differ, and so that 256 for 255 steps keeps the same key."""
    while True:
        lo, hi, bits = -draw.randrange(4, 60) / 10, draw.randrange(10, 90) / 10, 8
        exact = -lo / (hi - lo) * (2**bits - 1)
        key = choose_qparams(lo, hi, bits=bits).zero_point
        if rounds_up(exact) and abs(2**bits - 1 - 2 * key) > 8:
            break
    return Variant(
        params={
            "lo": lo,
            "hi": hi,
            "bits": bits,
            "width": round(hi - lo, 1),
            "steps": 2**bits - 1,
            "exact": round(exact, 3),
        },
        key=key,
        slips={"truncated": floor(exact), "from_the_top": 2**bits - 1 - key, "negative": -key},
    )


@generator("affine_quantize")
def affine_quantize(draw: Random) -> Variant:
    scale, zero_point = draw.choice([0.03, 0.05, 0.07]), draw.randrange(40, 100)
    while True:
        x = draw.randrange(50, 400) / 100
        steps = x / scale
        if rounds_up(steps) and round(steps) + zero_point < 250 and abs(round(steps) - 2 * zero_point) > 3:
            break
    return Variant(
        params={
            "x": x,
            "scale": scale,
            "zero_point": zero_point,
            "steps": round(steps, 2),
            "rounded": round(steps),
        },
        key=int(quantize(x, scale, zero_point)),
        slips={
            "truncated": floor(steps) + zero_point,
            "no_zero_point": round(steps),
            "zero_point_subtracted": round(steps) - zero_point,
        },
    )


@generator("affine_saturate")
def affine_saturate(draw: Random) -> Variant:
    scale, zero_point = draw.choice([0.02, 0.05, 0.1]), draw.randrange(100, 180)
    steps = draw.randrange(170, 300)
    x = round(steps * scale, 2)
    return Variant(
        params={
            "x": x,
            "scale": scale,
            "zero_point": zero_point,
            "steps": steps,
            "beyond": steps + zero_point,
        },
        key=int(quantize(x, scale, zero_point)),
        slips={"not_saturated": steps + zero_point, "wrapped": (steps + zero_point) % 256, "levels": 256},
    )


@generator("affine_dequantize")
def affine_dequantize(draw: Random) -> Variant:
    scale, zero_point = draw.choice([0.02, 0.04, 0.05, 0.1]), draw.randrange(20, 120)
    while True:
        q = draw.randrange(0, 256)
        if abs(q - zero_point) > 5 and abs(q - 2 * zero_point) > 5:
            break
    return Variant(
        params={"q": q, "scale": scale, "zero_point": zero_point, "difference": q - zero_point},
        key=round(float(dequantize(q, scale, zero_point)), 4),
        slips={
            "no_zero_point": round(scale * q, 4),
            "zero_point_added": round(scale * (q + zero_point), 4),
            "zero_point_after_scaling": round(scale * q - zero_point, 4),
        },
    )


@generator("largest_rounding_error")
def largest_rounding_error(draw: Random) -> Variant:
    bits = draw.choice([4, 5, 6])
    lo, hi = -draw.randrange(5, 21), draw.randrange(21, 60)
    scale = choose_qparams(lo, hi, bits=bits).scale
    return Variant(
        params={
            "lo": lo,
            "hi": hi,
            "bits": bits,
            "width": hi - lo,
            "steps": 2**bits - 1,
            "scale": round(scale, 4),
        },
        key=rounding_error_bound(scale),
        slips={
            "whole_step": scale,
            "counts_levels": (hi - lo) / 2**bits / 2,
            "one_sided": hi / (2**bits - 1) / 2,
        },
    )


@generator("saturation_error")
def saturation_error(draw: Random) -> Variant:
    """Grid -127 … 127 whose ends are the range's limits, so that the reconstruction saturates at alpha itself."""
    alpha = draw.choice([1.5, 2, 2.5, 3, 4])
    beyond = draw.randrange(2, 13) / 10
    x = round(alpha + beyond, 1)
    qparams = RESTRICTED.qparams(-alpha, alpha)
    return Variant(
        params={"alpha": alpha, "x": x},
        key=round(x - float(quantize_with(x, qparams, RESTRICTED, PerTensor()).dequantize()), 4),
        slips={
            "half_a_step": rounding_error_bound(qparams.scale),
            "the_value_itself": x,
            "the_limit": alpha,
        },
    )


@generator("symmetric_scale")
def symmetric_scale(draw: Random) -> Variant:
    bits = draw.choice([4, 6, 8])
    while True:
        lo, hi = -draw.randrange(20, 95) / 10, draw.randrange(20, 95) / 10
        if hi + 0.5 < -lo < 1.7 * hi:
            break
    top = 2 ** (bits - 1) - 1
    return Variant(
        params={"lo": lo, "hi": hi, "bits": bits, "largest": -lo, "top": top},
        key=choose_signed_qparams(lo, hi, bits=bits).scale,
        slips={
            "upper_limit": hi / top,
            "counts_levels": -lo / (top + 1),
            "asymmetric": choose_qparams(lo, hi, bits=bits).scale,
            "unsigned_top": -lo / (2**bits - 1),
        },
    )


@generator("small_channel_levels")
def small_channel_levels(draw: Random) -> Variant:
    """Largest integer a narrow channel reaches under the scale of the widest one."""
    while True:
        widest, narrow = draw.choice([2, 3, 4, 5, 6]), draw.randrange(10, 90) / 100
        qparams = RESTRICTED.qparams(-widest, widest)
        exact = narrow / widest * 127
        if rounds_up(exact) and exact > 3:
            break
    return Variant(
        params={"widest": widest, "narrow": narrow, "exact": round(exact, 2)},
        key=int(quantize_with(narrow, qparams, RESTRICTED, PerTensor()).codes),
        slips={"own_scale": 127, "truncated": floor(exact), "unsigned": round(narrow / widest * 255)},
    )


@generator("folded_bias")
def folded_bias(draw: Random) -> Variant:
    """The root of the variance is exact; eps is small enough not to show in two decimals."""
    while True:
        deviation = draw.choice([0.5, 2, 4])
        gamma, beta = draw.choice([0.5, 1.5, 2, 3]), draw.choice([-0.5, 0.2, 1, 0.75])
        mean, bias = draw.randrange(5, 40) / 10, draw.choice([-1, 0.5, 1, 2])
        variance = deviation**2
        _, key = fold(1, bias, gamma=gamma, beta=beta, mean=mean, variance=variance, eps=0)
        slips = {
            "variance_not_root": beta + gamma * (bias - mean) / variance,
            "bias_not_scaled": beta + bias - gamma * mean / deviation,
            "old_bias_dropped": beta - gamma * mean / deviation,
            "mean_added": beta + gamma * (bias + mean) / sqrt(variance),
        }
        values = sorted([key, *slips.values()])
        if min(b - a for a, b in itertools.pairwise(values)) > 0.05:
            break
    return Variant(
        params={
            "gamma": gamma,
            "beta": beta,
            "mean": mean,
            "bias": bias,
            "variance": variance,
            "deviation": deviation,
            "gain": round(gamma / deviation, 4),
            "centred": round(bias - mean, 2),
        },
        key=round(key, 4),
        slips=slips,
    )


@generator("memory_saved")
def memory_saved(draw: Random) -> Variant:
    """In MB of a million bytes."""
    millions, bits = draw.choice([1.2, 2.5, 3.5, 4.2, 6.8, 11.6]), draw.choice([4, 6, 8])
    weights = round(millions * 1e6)
    before, left = dense_bits(weights) / 8e6, dense_bits(weights, value_bits=bits) / 8e6
    return Variant(
        params={"millions": millions, "bits": bits, "fewer": 32 - bits, "before": before},
        key=round(before - left, 4),
        slips={
            "what_is_left": left,
            "bits_for_bytes": round(millions * (32 - bits), 4),
            "before": before,
        },
    )
