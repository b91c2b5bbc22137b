"""What a correct affine quantizer does. Values are built from whole, half and quarter steps of a scale that is a power
of two wherever rounding is looked at: then every correct way to compute gives the same codes."""

import numpy as np

from grader import expect, pictures
from grader.checks import check, given, with_right
from grader.strategies import (
    arrays,
    bit_widths,
    finite,
    integers,
    lists,
    multiples,
    one_of,
    sampled_from,
    shapes,
)
from reference_impl.quantization import affine, rounding_error_bound

EXACT_SCALES = sampled_from([1.0, 0.25, 0.5, 2.0])
ALL_SHAPES = one_of(
    shapes(min_dims=1, max_dims=1),
    shapes(min_dims=2, max_dims=3, max_side=3),
    sampled_from([(), (0,), (0, 3), (2, 0)]),
)


def codes(steps, zero_point, bits):
    """Of values given in steps, without ties: what the reference computes, before and without any scale."""
    return affine.quantize(steps, 1.0, zero_point, bits=bits)


def code_of_zero(lo, scale, top):
    return int(np.clip(np.rint(-lo / scale), 0, top))


def right_qparams(lo, hi, bits):
    scale, zero_point = affine.choose_qparams(lo, hi, bits=bits)
    return float(scale), int(zero_point)


def right_codes(x, scale, zero_point, bits):
    return affine.quantize(x, float(scale), int(zero_point), bits=bits)


def right_reals(q, scale, zero_point):
    return affine.dequantize(q, float(scale), int(zero_point))


def numbered(shape, first, dtype):
    return np.arange(first, first + np.prod(shape, dtype=int)).reshape(shape).astype(dtype)


def wrapped(numbers):
    """What is left of whole numbers in eight bits."""
    return np.asarray(numbers, dtype=np.int64) % 256


def drawn(solution, scale, zero_point, bits, first, last):
    """A staircase over the steps `first` to `last`, counted from zero."""

    def sketch():
        x = (np.linspace(first, last, 240) * scale).astype(np.float32)
        right = affine.quantize(x, scale, zero_point, bits=bits)
        got = solution.quantize(x, scale, zero_point, bits)
        return pictures.staircase(x, got, right, step=scale, zero_point=zero_point)

    return sketch


# ---------------------------------------------------------------- choose_qparams


@check(points=2)
@given(lo=finite(-100, -0.5), hi=finite(0.5, 100), bits=bit_widths())
def scale_is_the_width_of_one_step(solution, lo, hi, bits):
    scale, _ = expect.pair(solution.choose_qparams(lo, hi, bits))
    steps = 2**bits - 1
    right = affine.choose_qparams(lo, hi, bits=bits)
    expect.close(
        scale,
        right.scale,
        slips=lambda: {
            "counts_levels_not_steps": (hi - lo) / 2**bits,
            "forgot_the_negative_side": hi / steps,
            "symmetric_instead": 2 * max(-lo, hi) / steps,
            "half_range_symmetric": max(-lo, hi) / (2 ** (bits - 1) - 1),
            "inverted_scale": steps / (hi - lo),
            "zero_point_before_scale": right.zero_point,
        },
    )


@check(points=2, depends_on="scale_is_the_width_of_one_step")
@given(
    near=finite(0.5, 50),
    width=one_of(sampled_from([0.0]), finite(0.5, 50)),
    negative=sampled_from([False, True]),
    bits=bit_widths(),
)
def range_is_widened_to_hold_zero(solution, near, width, negative, bits):
    lo, hi = (-near - width, -near) if negative else (near, near + width)
    right = affine.choose_qparams(lo, hi, bits=bits)
    scale, zero_point = expect.pair(solution.choose_qparams(lo, hi, bits))
    steps = 2**bits - 1
    expect.close(
        scale,
        right.scale,
        slips=lambda: {
            "constant_as_unit_scale": 1.0 if width == 0 else right.scale,
            "range_without_zero": (hi - lo) / steps or 1.0,
            "symmetric_instead": 2 * max(abs(lo), abs(hi)) / steps,
            "counts_levels_not_steps": right.scale * steps / 2**bits,
        },
    )
    expect.equal(expect.whole_number(zero_point, key="zero_point_not_an_integer"), right.zero_point)


@check(points=2, depends_on="scale_is_the_width_of_one_step")
@given(lo=finite(-100, -0.5), hi=finite(0.5, 100), bits=bit_widths())
def zero_point_is_the_code_of_zero(solution, lo, hi, bits):
    _, zero_point = expect.pair(solution.choose_qparams(lo, hi, bits))
    zero_point = expect.whole_number(zero_point, key="zero_point_not_an_integer")
    scale, right = affine.choose_qparams(lo, hi, bits=bits)
    exact, top = -lo / scale, 2**bits - 1
    if abs(exact % 1 - 0.5) < 1e-3 and zero_point in {np.floor(exact), np.ceil(exact)}:
        return  # nearly a tie: rounding noise decides
    expect.equal(
        zero_point,
        right,
        slips=lambda: {
            "zero_point_truncated": int(exact),
            "zero_point_of_the_upper_end": int(np.clip(np.rint(hi / scale), 0, top)),
            "zero_point_sign": int(np.rint(lo / scale)),
            "zero_point_lost_by_clamping": 0,
            # right, given a scale that was already wrong
            "counts_levels_not_steps": code_of_zero(lo, (hi - lo) / 2**bits, top),
            "forgot_the_negative_side": code_of_zero(lo, hi / top, top),
            "symmetric_instead": code_of_zero(-max(-lo, hi), 2 * max(-lo, hi) / top, top),
            "half_range_symmetric": code_of_zero(lo, max(-lo, hi) / (2 ** (bits - 1) - 1), top),
            "zero_point_signed_grid": right - 2 ** (bits - 1),
        },
    )


@check(points=1)
@given(bits=bit_widths())
def a_range_of_only_zero_works(solution, bits):
    scale, zero_point = expect.pair(solution.choose_qparams(0.0, 0.0, bits))
    right = affine.choose_qparams(0.0, 0.0, bits=bits)
    expect.close(
        scale,
        right.scale,
        slips=lambda: {"scale_of_zero": 0.0, "invented_small_scale": np.finfo(np.float32).eps},
    )
    expect.equal(expect.whole_number(zero_point, key="zero_point_not_an_integer"), right.zero_point)


# ---------------------------------------------------------------- quantize


@check(points=2)
@given(
    steps=arrays(
        one_of(
            multiples(1.0, -90, 90),
            integers(-90, 90).map(lambda k: k + 0.25),
            integers(-90, 90).map(lambda k: k + 0.75),
        )
    ),
    scale=EXACT_SCALES,
    zero_point=integers(100, 140),
)
def values_round_to_the_nearest_step(solution, steps, scale, zero_point):
    x = steps * np.float32(scale)
    got = solution.quantize(x, scale, zero_point, 8)
    expect.equal(
        got,
        codes(steps, zero_point, 8),
        slips=lambda: {
            "truncated": np.trunc(steps + zero_point),
            "truncated_before_zero_point": np.trunc(steps) + zero_point,
            "rounded_up": np.ceil(steps) + zero_point,
            "multiplied_by_scale": np.clip(np.rint(x * scale) + zero_point, 0, 255),
            "zero_point_subtracted": np.clip(np.rint(steps) - zero_point, 0, 255),
            "zero_point_forgotten": np.clip(np.rint(steps), 0, 255),
            "zero_point_in_real_units": np.clip(np.rint((x + zero_point) / scale), 0, 255),
        },
        picture=drawn(solution, scale, zero_point, 8, -4.2, 4.2),
    )


@check(points=1, depends_on="values_round_to_the_nearest_step")
@given(
    halves=arrays(multiples(1.0, -20, 20).map(lambda k: k + 0.5)),
    scale=EXACT_SCALES,
    zero_point=integers(40, 60),
)
def ties_go_to_the_even_step(solution, halves, scale, zero_point):
    x = halves * np.float32(scale)
    expect.equal(
        solution.quantize(x, scale, zero_point, 8),
        affine.quantize(x, scale, zero_point, bits=8),
        slips=lambda: {
            "rounded_after_adding_zero_point": np.rint(halves + zero_point),
            "rounded_half_up": np.floor(halves + 0.5) + zero_point,
            "rounded_half_away_from_zero": np.sign(halves) * np.floor(np.abs(halves) + 0.5) + zero_point,
            "truncated": np.trunc(halves + zero_point),
            "truncated_before_zero_point": np.trunc(halves) + zero_point,
        },
    )


@check(points=2)
@given(
    steps=arrays(multiples(1.0, -400, 400)),
    scale=EXACT_SCALES,
    bits=bit_widths(),
    part=sampled_from([0.0, 0.5, 1.0]),
)
def values_outside_the_range_saturate(solution, steps, scale, bits, part):
    top = 2**bits - 1
    zero_point = int(part * top)
    shifted = steps + zero_point
    expect.equal(
        solution.quantize(steps * np.float32(scale), scale, zero_point, bits),
        codes(steps, zero_point, bits),
        slips=lambda: {
            "clamped_to_eight_bits": np.clip(shifted, 0, 255),
            "not_clamped": wrapped(shifted),
            "cast_before_clamp": np.minimum(wrapped(shifted), top),
            "clamped_before_zero_point": wrapped(np.clip(steps, 0, top) + zero_point),
            "clamped_to_signed_codes": wrapped(np.clip(shifted, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)),
            "clamped_one_too_high": wrapped(np.clip(shifted, 0, top + 1)),
        },
        picture=drawn(solution, scale, zero_point, bits, -zero_point - top / 2, 1.5 * top - zero_point),
    )


@check(points=1, examples=30)
@given(shape=ALL_SHAPES, first=integers(0, 50), with_gaps=sampled_from([False, True]))
def codes_are_uint8_in_the_shape_of_x(solution, shape, first, with_gaps):
    x = numbered(shape, first, np.float32)
    q = solution.quantize(solution.strided(x) if with_gaps and x.ndim else x, 1.0, 7, 8)
    expect.dtype(q, "uint8")
    expect.equal(q, codes(x, 7, 8))


@check(points=1, examples=15)
@given(steps=arrays(multiples(1.0, -300, 300)), zero_point=integers(1, 200))
def the_given_arrays_are_not_changed(solution, steps, zero_point):
    fresh = solution.quantize(steps, 0.5, zero_point, 8)
    expect.shape(fresh, steps.shape)  # whether it is right is for other checks to say
    x = solution.keep(steps)
    solution.quantize(x, 2.0, zero_point, 6)
    expect.unchanged_input(solution.quantize(x, 0.5, zero_point, 8), fresh)

    codes_of_x = affine.quantize(steps, 0.5, zero_point, bits=8)
    fresh = solution.dequantize(codes_of_x, 0.5, zero_point)
    expect.shape(fresh, steps.shape)
    q = solution.keep(codes_of_x)
    solution.dequantize(q, 2.0, zero_point + 1)
    expect.unchanged_input(solution.dequantize(q, 0.5, zero_point), fresh)


# ---------------------------------------------------------------- dequantize


def wrong_real_values(q, scale, zero_point):
    wide = q.astype(np.float64)
    return {
        "subtracted_in_uint8": ((q.astype(np.int64) - zero_point) % 256) * scale,
        "zero_point_added": (wide + zero_point) * scale,
        "zero_point_forgotten": wide * scale,
        "zero_point_in_real_units": wide * scale - zero_point,
        "divided_by_scale": (wide - zero_point) / scale,
        "zero_point_first": (zero_point - wide) * scale,
    }


@check(points=2)
@given(q=arrays(integers(0, 255), dtype=np.uint8), scale=finite(0.01, 10), zero_point=integers(0, 255))
def dequantize_gives_back_the_real_value(solution, q, scale, zero_point):
    expect.close(
        solution.dequantize(q, scale, zero_point),
        affine.dequantize(q, scale, zero_point),
        atol=512
        * np.finfo(np.float32).eps
        * scale,  # s q - s z is right too; in float32 each product is rounded
        slips=lambda: wrong_real_values(q, scale, zero_point),
    )


@check(points=1, examples=30, depends_on="dequantize_gives_back_the_real_value")
@given(shape=ALL_SHAPES, first=integers(0, 50), with_gaps=sampled_from([False, True]))
def real_values_are_float32_in_the_shape_of_q(solution, shape, first, with_gaps):
    q = numbered(shape, first, np.uint8)
    real = solution.dequantize(solution.strided(q) if with_gaps and q.ndim else q, 0.5, 10)
    expect.dtype(real, "float32")
    expect.close(real, affine.dequantize(q, 0.5, 10), slips=lambda: wrong_real_values(q, 0.5, 10))


# ---------------------------------------------------------------- all three together


@check(
    points=1,
    examples=25,
    depends_on=(
        "scale_is_the_width_of_one_step",
        "values_round_to_the_nearest_step",
        "dequantize_gives_back_the_real_value",
    ),
)
@given(lo=finite(-20, 20), width=finite(0.5, 20), bits=bit_widths())
@with_right(choose_qparams=right_qparams, quantize=right_codes, dequantize=right_reals)
def zero_survives_the_round_trip_exactly(solution, lo, width, bits):
    scale, zero_point = expect.pair(solution.choose_qparams(lo, lo + width, bits))
    q = solution.quantize(np.zeros(1, np.float32), scale, zero_point, bits)
    expect.equal(q, np.array([expect.whole_number(zero_point, key="zero_point_not_an_integer")]))
    expect.equal(solution.dequantize(q, scale, zero_point), np.zeros(1), slips={})


@check(
    points=1,
    visible=False,
    examples=30,
    depends_on=(
        "scale_is_the_width_of_one_step",
        "values_round_to_the_nearest_step",
        "dequantize_gives_back_the_real_value",
    ),
)
@with_right(choose_qparams=right_qparams, quantize=right_codes, dequantize=right_reals)
@given(
    lo=finite(-50, 50),
    width=one_of(sampled_from([0.0]), finite(0.5, 50)),
    places=lists(finite(0, 1), min_size=1, max_size=6),
    bits=bit_widths(),
)
def round_trip_is_within_half_a_step(solution, lo, width, places, bits):
    hi = lo + width
    x = np.clip(lo + np.array(places) * width, lo, hi).astype(np.float32)
    scale, zero_point = expect.pair(solution.choose_qparams(lo, hi, bits))
    q = solution.quantize(x, scale, zero_point, bits)
    expect.dtype(q, "uint8")  # values that were never quantized come back whole as well
    back = solution.dequantize(q, scale, zero_point)
    right = affine.choose_qparams(lo, hi, bits=bits)

    def sketch():
        grid = np.linspace(min(lo, 0.0), max(hi, 0.0), 240).astype(np.float32)
        got = solution.dequantize(solution.quantize(grid, scale, zero_point, bits), scale, zero_point)
        codes_of_grid = affine.quantize(grid, right.scale, right.zero_point, bits=bits)
        wanted = affine.dequantize(codes_of_grid, right.scale, right.zero_point)
        return pictures.staircase(grid, got, wanted, step=right.scale)

    limit = rounding_error_bound(right.scale) * (1 + 1e-4) + 4 * np.finfo(np.float32).eps * np.abs(x)
    expect.within(back, x, limit, picture=sketch)


@check(points=1, visible=False)
@given(
    x=arrays(sampled_from([np.inf, -np.inf, 3e38, -3e38, 1e10, -1e10, 65536.0, -65536.0, 1.0])),
    zero_point=integers(0, 15),
    bits=bit_widths(4, 8),
)
def huge_values_and_infinities_saturate(solution, x, zero_point, bits):
    expect.equal(solution.quantize(x, 0.5, zero_point, bits), affine.quantize(x, 0.5, zero_point, bits=bits))
