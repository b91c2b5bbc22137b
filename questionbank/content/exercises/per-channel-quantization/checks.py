"""What correct per-channel quantization does. Where codes are looked at, weights are whole, half and quarter steps of scales
that are powers of two: then every correct way to compute gives the same codes."""

from math import prod

import numpy as np

from grader import expect, pictures
from grader.checks import check, given, with_right
from grader.strategies import bit_widths, integers, lists, multiples, sampled_from
from reference_impl.quantization import ArrayQParams, PerChannel, Scheme, min_max_qparams, quantize_with

#: shapes whose sides differ, so that a wrong axis cannot go unseen, and an axis of each
PLACES = sampled_from(
    [
        ((2, 3), 0),
        ((2, 3), 1),
        ((3, 2), -1),
        ((3, 2), -2),
        ((2, 3, 1), 1),
        ((2, 1, 3), 0),
        ((3, 1, 2), -1),
        ((1, 2, 1, 3), 1),
        ((3, 1, 1, 2), -4),
        ((4,), 0),
    ]
)
#: where even a row of scales that is not reshaped fits
LAST_AXES = sampled_from([((2, 2), -1), ((1, 3), 1), ((4,), 0), ((2, 1, 2), 2)])
#: sides of one length, where a row of scales fits every axis
SQUARES = sampled_from([((2, 2), 0), ((2, 2), -2), ((1, 2, 2), 1)])
SCALES = lists(sampled_from([1.0, 0.25, 2.0, 0.5, 4.0]), min_size=4, max_size=4)
LARGEST_SIZE = 6


def numbers(elements):
    return lists(elements, min_size=LARGEST_SIZE, max_size=LARGEST_SIZE)


def laid_out(values, shape, dtype=np.float32):
    return np.array(values[: prod(shape)], dtype).reshape(shape)


def along(scales, shape, axis):
    """The scales as they broadcast against the shape."""
    sides = [1] * len(shape)
    sides[axis] = shape[axis]
    return np.asarray(scales[: shape[axis]], np.float64).reshape(sides)


def scheme(bits):
    return Scheme.symmetric_restricted(bits)


def largest(w, axis):
    others = tuple(i for i in range(w.ndim) if i != axis % w.ndim)
    return np.abs(w.astype(np.float64)).max(axis=others, initial=0.0)


def one_for_zero(scales):
    return np.where(scales == 0, 1.0, scales)


def right_scales(w, bits, axis):
    if not w.size:
        return np.ones(w.shape[axis])
    return min_max_qparams(w, scheme(bits), PerChannel(axis)).scale.reshape(-1)


def right_codes(w, scales, bits, axis):
    scale = along(scales, w.shape, axis)
    qparams = ArrayQParams(scale, np.zeros(scale.shape, np.int64))
    return quantize_with(w, qparams, scheme(bits), PerChannel(axis)).codes


def right_reals(q, scales, axis):
    return (q * along(scales, q.shape, axis)).astype(np.float32)


def wrapped(numbers):
    """What is left of whole numbers in int8."""
    return (np.asarray(numbers, np.int64) + 128) % 256 - 128


# ---------------------------------------------------------------- channel_scales


@check(points=2, examples=30)
@given(values=numbers(integers(-40, 39).map(lambda k: (k + (k >= 0)) / 4)), place=PLACES, bits=bit_widths())
def each_channel_has_a_scale_of_its_own(solution, values, place, bits):
    shape, axis = place
    w, last = laid_out(values, shape), 2 ** (bits - 1) - 1
    right, magnitudes = right_scales(w, bits, axis), largest(w, axis)
    others = tuple(i for i in range(w.ndim) if i != axis % w.ndim)
    expect.close(
        solution.channel_scales(w, bits, axis),
        right,
        slips={
            "one_scale_for_the_tensor": magnitudes.max() / last,
            "axis_reduced": np.abs(w).max(axis=axis) / last,
            "first_axis_always": largest(w, 0) / last,
            "last_axis_always": largest(w, -1) / last,
            "dimensions_kept": along(right, shape, axis),
            "largest_without_magnitude": w.max(axis=others) / last,
            "eight_bits_always": magnitudes / 127,
            "largest_over_all_levels": magnitudes / 2 ** (bits - 1),
            "largest_over_unsigned_codes": magnitudes / (2**bits - 1),
            "half_a_step_clipped": 2 * magnitudes / (2**bits - 1),
        },
    )


@check(points=1, examples=20, depends_on="each_channel_has_a_scale_of_its_own")
@given(
    values=numbers(multiples(0.25, 1, 40)),
    kept=lists(sampled_from([0.0, -0.0, 1.0, -1.0]), min_size=4, max_size=4),
    place=PLACES,
    bits=bit_widths(),
)
def a_channel_of_zeros_has_scale_one(solution, values, kept, place, bits):
    shape, axis = place
    w = laid_out(values, shape) * along(kept, shape, axis).astype(np.float32)
    right, last = right_scales(w, bits, axis), 2 ** (bits - 1) - 1
    zero = largest(w, axis) == 0
    expect.close(
        solution.channel_scales(w, bits, axis),
        right,
        slips={
            "scale_of_zero": np.where(zero, 0.0, right),
            "invented_small_scale": np.where(zero, np.finfo(np.float32).eps, right),
            "one_scale_for_the_tensor": one_for_zero(np.abs(w).max() / last),
            "axis_reduced": one_for_zero(np.abs(w).max(axis=axis) / last),
            "first_axis_always": one_for_zero(largest(w, 0) / last),
            "last_axis_always": one_for_zero(largest(w, -1) / last),
            "dimensions_kept": along(right, shape, axis),
            "eight_bits_always": one_for_zero(largest(w, axis) / 127),
            "largest_over_all_levels": one_for_zero(largest(w, axis) / 2 ** (bits - 1)),
            "largest_over_unsigned_codes": one_for_zero(largest(w, axis) / (2**bits - 1)),
            "half_a_step_clipped": one_for_zero(2 * largest(w, axis) / (2**bits - 1)),
        },
    )


# ---------------------------------------------------------------- quantize_channels


def drawn(solution, scale):
    """A staircase of one channel."""

    def sketch():
        x = (np.linspace(-4.2, 4.2, 240) * scale).astype(np.float32).reshape(1, -1)
        got = solution.quantize_channels(x, np.array([scale]), 8, 0)
        return pictures.staircase(x, got, right_codes(x, [scale], 8, 0), step=scale, zero_point=0)

    return sketch


@check(points=2, examples=30)
@given(values=numbers(multiples(0.25, -240, 240)), scales=SCALES, place=PLACES)
def values_round_to_a_step_of_their_channel(solution, values, scales, place):
    shape, axis = place
    steps, scale = laid_out(values, shape), np.array(scales[: shape[axis]])
    w = (steps * along(scales, shape, axis)).astype(np.float32)
    away = np.sign(steps) * np.floor(np.abs(steps) + 0.5)
    expect.equal(
        solution.quantize_channels(w, scale, 8, axis),
        right_codes(w, scale, 8, axis),
        slips={
            "truncated": np.trunc(steps),
            "rounded_half_up": np.floor(steps + 0.5),
            "rounded_half_away_from_zero": away,
            "multiplied_by_scale": np.clip(np.rint(w * along(scales, shape, axis)), -127, 127),
            "largest_scale_for_all": np.rint(w / scale.max()),
        },
        picture=drawn(solution, scales[0]),
    )


@check(points=2, examples=30)
@given(
    values=numbers(multiples(1.0, -400, 400)),
    scales=SCALES,
    place=LAST_AXES,
    bits=bit_widths(),
)
def codes_stop_at_the_last_one_of_either_sign(solution, values, scales, place, bits):
    shape, axis = place
    steps, scale = laid_out(values, shape), np.array(scales[: shape[axis]])
    w, last = (steps * along(scales, shape, axis)).astype(np.float32), 2 ** (bits - 1) - 1
    expect.equal(
        solution.quantize_channels(w, scale, bits, axis),
        right_codes(w, scale, bits, axis),
        slips={
            "lowest_code_used": np.clip(steps, -last - 1, last),
            "cast_before_clamp": np.clip(wrapped(steps), -last, last),
            "not_clamped": wrapped(steps),
            "clamped_to_eight_bits": np.clip(steps, -127, 127),
            "clamped_to_unsigned_codes": wrapped(np.clip(steps, 0, 2**bits - 1)),
        },
    )


@check(points=1, examples=25)
@given(values=numbers(multiples(1.0, -100, 100)), scales=SCALES, place=SQUARES)
def square_tensors_take_the_scales_of_the_axis(solution, values, scales, place):
    """Here a row of scales broadcasts without an error, but along the last axis."""
    shape, axis = place
    steps, scale = laid_out(values, shape), np.array(scales[: shape[axis]])
    w = (steps * along(scales, shape, axis)).astype(np.float32)
    expect.equal(
        solution.quantize_channels(w, scale, 8, axis),
        right_codes(w, scale, 8, axis),
        slips={"scales_along_the_last_axis": np.clip(np.rint(w / scale), -127, 127)},
    )
    q = steps.astype(np.int8)
    expect.close(
        solution.dequantize_channels(q, scale, axis),
        right_reals(q, scale, axis),
        slips={"scales_along_the_last_axis": q * scale},
    )


# ---------------------------------------------------------------- dequantize_channels


@check(points=2, examples=30)
@given(codes=numbers(integers(-127, 127)), scales=SCALES, place=PLACES)
def each_code_is_worth_steps_of_its_channel(solution, codes, scales, place):
    shape, axis = place
    q, scale = laid_out(codes, shape, np.int8), np.array(scales[: shape[axis]])
    expect.close(
        solution.dequantize_channels(q, scale, axis),
        right_reals(q, scale, axis),
        slips={
            "divided_by_scale": q / along(scales, shape, axis),
            "multiplied_in_int8": wrapped(q * along(scales, shape, axis)),
            "largest_scale_for_all": q * scale.max(),
        },
    )


# ---------------------------------------------------------------- arrays


@check(points=1, examples=30, depends_on="a_channel_of_zeros_has_scale_one")
@given(
    place=sampled_from(
        [((0, 3), 0), ((3, 0), 0), ((2, 0, 2), -1), ((1, 2, 3, 2), 1), ((3, 2), 1), ((2,), 0)]
    ),
    first=integers(-6, 2),
    with_gaps=sampled_from([False, True]),
    double=sampled_from([False, True]),
)
def any_shape_gives_int8_and_float32(solution, place, first, with_gaps, double):
    """Empty, not contiguous, float64; some channels have no weights at all, and so no largest one."""
    shape, axis = place
    w = np.arange(first, first + prod(shape)).reshape(shape).astype(np.float64 if double else np.float32)
    sent = solution.strided(w) if with_gaps else w
    right = right_scales(w, 4, axis)
    expect.close(
        solution.channel_scales(sent, 4, axis),
        right,
        slips={"scale_of_zero": np.where(largest(w, axis) == 0, 0.0, right)},
    )
    scale = np.full(shape[axis], 0.5)
    q = solution.quantize_channels(sent, scale, 8, axis)
    expect.equal(q, right_codes(w, scale, 8, axis))
    expect.dtype(q, "int8")
    codes = right_codes(w, scale, 8, axis)
    real = solution.dequantize_channels(solution.strided(codes) if with_gaps else codes, scale, axis)
    expect.close(real, right_reals(codes, scale, axis))
    expect.dtype(real, "float32")


@check(points=1, examples=15)
@given(values=numbers(multiples(0.25, -40, 40)), scales=SCALES, place=LAST_AXES)
def the_given_arrays_are_not_changed(solution, values, scales, place):
    shape, axis = place
    w, scale = laid_out(values, shape), np.array(scales[: shape[axis]])
    fresh = solution.quantize_channels(w, scale, 8, axis)
    expect.shape(fresh, shape)  # whether it is right is for other checks to say
    weights, held = solution.keep(w), solution.keep(scale)
    solution.channel_scales(weights, 4, axis)
    solution.quantize_channels(weights, held, 6, axis)
    solution.dequantize_channels(np.zeros(shape, np.int8), held, axis)
    expect.unchanged_input(solution.quantize_channels(weights, held, 8, axis), fresh)


# ---------------------------------------------------------------- all three together


@check(
    points=1,
    visible=False,
    examples=20,
    depends_on=(
        "each_channel_has_a_scale_of_its_own",
        "values_round_to_a_step_of_their_channel",
        "each_code_is_worth_steps_of_its_channel",
    ),
)
@with_right(channel_scales=right_scales, quantize_channels=right_codes, dequantize_channels=right_reals)
@given(
    seed=integers(0, 2**20),
    shape=sampled_from([(6, 40), (4, 3, 3, 3), (5, 1, 7), (8, 8)]),
    axis=sampled_from([0, 1, -1]),
    bits=bit_widths(),
)
def layers_keep_the_detail_of_small_channels(solution, seed, shape, axis, bits):
    """Channels whose ranges differ a thousandfold: each uses its whole grid, and errs by half a step of its own."""
    draw = np.random.RandomState(seed)
    spread = 10.0 ** draw.uniform(-3, 0, shape[axis])
    spread[draw.randint(shape[axis])] = 0.0
    w = (draw.normal(size=shape) * along(spread, shape, axis)).astype(np.float32)
    scales = expect.array(solution.channel_scales(w, bits, axis), (shape[axis],))
    expect.at_least(scales, 1e-12)
    q = solution.quantize_channels(w, scales, bits, axis)
    expect.dtype(q, "int8")
    expect.shape(q, shape)
    used = largest(q, axis)
    expect.equal(used, np.where(spread > 0, 2 ** (bits - 1) - 1, 0))
    half = along(right_scales(w, bits, axis) / 2, shape, axis) * (1 + 1e-4)
    back = solution.dequantize_channels(q, scales, axis)
    expect.within(back, w, np.broadcast_to(half, shape) + 4 * np.finfo(np.float32).eps * np.abs(w))
