"""What a correct integer layer does. Scales are powers of two wherever rounding is looked at: then every product with
them is exact, and every correct way to compute gives the same codes."""

import numpy as np

from grader import expect, pictures
from grader.checks import check, given, with_right
from grader.strategies import arrays, integers, lists, sampled_from
from reference_impl import quantization
from reference_impl.quantization import Grid

INT8 = Grid.signed(8)
CODES = sampled_from([0, 1, -1, 2, -6, 127, -128, 100, -100, 126])
WEIGHTS = sampled_from([1, 0, -1, -5, 127, -127, 90, 120])
SIDES = {"n": integers(1, 2), "inner": integers(1, 3), "out": integers(1, 2)}
QUARTERS = sampled_from([0.0, 0.25, -0.25])


def right_bias(bias, input_scale, weight_scales):
    return quantization.bias_codes(bias, input_scale, weight_scales)


def right_sums(qx, qw, qb, input_zero_point):
    return quantization.integer_linear(qx, qw, qb, input_zero_point=input_zero_point)


def right_codes(acc, multipliers, output_zero_point):
    return quantization.requantize_in_floats(acc, multipliers, output_zero_point, INT8)


# ---------------------------------------------------------------- what known mistakes give


def wrapped(numbers, bits):
    """What is left of whole numbers in so many signed bits."""
    half = 2 ** (bits - 1)
    return (np.asarray(numbers, dtype=np.int64) + half) % (2 * half) - half


def clamped(numbers):
    return np.clip(numbers, -128, 127)


def wrong_sums(qx, qw, qb, zero):
    x, w = qx.astype(np.int64), qw.astype(np.int64)
    exact = (x - zero) @ w.T
    square = w.shape[0] == w.shape[1]
    return {
        "sum_in_eight_bits": wrapped(exact, 8) + qb,
        "sum_in_sixteen_bits": wrapped(exact, 16) + qb,
        "difference_in_eight_bits": wrapped(x - zero, 8) @ w.T + qb,
        "input_zero_point_forgotten": x @ w.T + qb,
        "input_zero_point_added": (x + zero) @ w.T + qb,
        "input_zero_point_taken_once": x @ w.T - zero + qb,
        "input_zero_point_times_inputs": x @ w.T - zero * x.sum(axis=1, keepdims=True) + qb,
        "bias_forgotten": exact,
        "weights_not_transposed": (x - zero) @ w + qb if square else exact + qb,
    }


def wrong_codes(acc, multipliers, zero):
    scaled = acc * multipliers
    steps = np.rint(scaled)
    square = acc.shape == (len(multipliers),) * 2
    by_row = np.rint(acc * multipliers[:, None]) if square else steps
    return {
        "fraction_cut_off": clamped(np.trunc(scaled) + zero),
        "rounded_down": clamped(np.floor(scaled) + zero),
        "output_zero_point_forgotten": clamped(steps),
        "output_zero_point_scaled": clamped(np.rint((acc + zero) * multipliers)),
        "output_zero_point_subtracted": clamped(steps - zero),
        "cast_before_the_zero_point": clamped(wrapped(steps, 8) + zero),
        "not_clamped": wrapped(steps + zero, 8),
        "clamped_before_the_zero_point": wrapped(clamped(steps) + zero, 8),
        "clamped_before_scaling": clamped(np.rint(clamped(acc) * multipliers) + zero),
        "clamped_to_unsigned_codes": wrapped(np.clip(steps + zero, 0, 255), 8),
        "lowest_code_unused": np.clip(steps + zero, -127, 127),
        "one_multiplier_for_all": clamped(np.rint(acc * multipliers[0]) + zero),
        "multiplier_of_the_row": clamped(by_row + zero),
        "rounded_after_the_zero_point": clamped(np.rint(scaled + zero)),
        "rounded_half_up": clamped(np.floor(scaled + 0.5) + zero),
        "rounded_half_away_from_zero": clamped(np.sign(scaled) * np.floor(np.abs(scaled) + 0.5) + zero),
    }


def drawn(solution, zero, last):
    """A staircase over accumulators of a quarter of an output step, up to `last` steps to both sides."""

    def sketch():
        acc = np.arange(-4 * last, 4 * last + 1, max(1, last // 30), dtype=np.int32)[:, None]
        quarter = np.array([0.25])
        got = solution.requantize(acc, quarter, zero)
        return pictures.staircase(
            acc * quarter, got, right_codes(acc, quarter, zero), step=1, zero_point=zero
        )

    return sketch


# ---------------------------------------------------------------- quantize_bias


@check(points=2, examples=30)
@given(
    steps=lists(integers(-300, 300), min_size=1, max_size=3),
    offsets=lists(QUARTERS, min_size=3, max_size=3),
    input_scale=sampled_from([0.5, 0.25, 2.0]),
    powers=lists(integers(1, 5), min_size=3, max_size=3),
)
def the_bias_has_the_scale_of_the_accumulator(solution, steps, offsets, input_scale, powers):
    scales = 2.0 ** -np.array(powers[: len(steps)])
    exact = np.array(steps) + np.array(offsets[: len(steps)])
    bias = (exact * input_scale * scales).astype(np.float32)
    got = solution.quantize_bias(bias, input_scale, scales)
    expect.equal(
        got,
        right_bias(bias, input_scale, scales),
        slips=lambda: {
            "bias_at_the_scale_of_the_weights": np.rint(bias / scales),
            "bias_at_the_scale_of_the_inputs": np.rint(bias / input_scale),
            "bias_not_scaled": np.rint(bias),
            "bias_multiplied_by_the_scale": np.rint(bias * input_scale * scales),
            "bias_cut_off": np.trunc(exact),
            "bias_not_rounded": exact,
            "bias_in_eight_bits": clamped(np.rint(exact)),
            "bias_by_one_weight_scale": np.rint(bias / (input_scale * scales[0])),
        },
    )
    expect.dtype(got, "int32")


# ---------------------------------------------------------------- accumulate


def part_of(x, w, qb, n, inner, out):
    return x[:n, :inner], w[:out, :inner], qb[:out]


@check(points=2, examples=30)
@given(
    x=arrays(CODES, dtype=np.int8, shape=(2, 3)),
    w=arrays(WEIGHTS, dtype=np.int8, shape=(2, 3)),
    qb=arrays(integers(-2000, 2000), dtype=np.int32, shape=(2,)),
    zero=sampled_from([1, 0, 7, -20, 100, -100, -128, 127]),
    loud=sampled_from([False, True]),
    **SIDES,
)
def products_add_up_in_32_bits(solution, x, w, qb, zero, loud, n, inner, out):
    qx, qw, qb = part_of(x, w, qb, n, inner, out)
    if loud:  # two products are more than 16 bits hold
        qx, qw, zero = np.full_like(qx, 127), np.where(qw < 0, np.int8(-127), np.int8(127)), -128
    got = solution.accumulate(qx, qw, qb, zero)
    expect.equal(got, right_sums(qx, qw, qb, zero), slips=lambda: wrong_sums(qx, qw, qb, zero))


# ---------------------------------------------------------------- requantize


@check(points=2, examples=30)
@given(
    steps=arrays(integers(-60, 60), shape=(2, 2), dtype=np.int64),
    offsets=arrays(QUARTERS, shape=(2, 2), dtype=np.float64),
    powers=lists(integers(2, 6), min_size=2, max_size=2),
    n=integers(1, 2),
    zero=sampled_from([1, -1, 6, -15, 40]),
)
def accumulators_round_to_the_nearest_code(solution, steps, offsets, powers, n, zero):
    multipliers = 2.0 ** -np.array(powers)
    acc = np.rint((steps + offsets)[:n] / multipliers).astype(np.int32)
    got = solution.requantize(acc, multipliers, zero)
    expect.equal(
        got,
        right_codes(acc, multipliers, zero),
        slips=lambda: wrong_codes(acc, multipliers, zero),
        picture=drawn(solution, zero, 4),
    )


@check(points=1, examples=20, depends_on="accumulators_round_to_the_nearest_code")
@given(
    steps=lists(integers(-40, 40), min_size=1, max_size=3),
    power=integers(1, 5),
    zero=integers(-20, 20).map(lambda k: 2 * k + 1),
)
def ties_go_to_the_even_step(solution, steps, power, zero):
    multipliers = np.array([2.0**-power])
    acc = ((np.array(steps, np.int32)[:, None] * 2 + 1) << power) >> 1
    expect.equal(
        solution.requantize(acc, multipliers, zero),
        right_codes(acc, multipliers, zero),
        slips=lambda: wrong_codes(acc, multipliers, zero),
    )


@check(points=2, examples=30, depends_on="accumulators_round_to_the_nearest_code")
@given(
    steps=arrays(integers(-400, 400), shape=(3, 1), dtype=np.int64),
    power=integers(1, 5),
    zero=sampled_from([0, 5, -7, 100, -100, -128, 127]),
)
def codes_saturate_after_the_zero_point(solution, steps, power, zero):
    multipliers = np.array([2.0**-power])
    acc = (steps << power).astype(np.int32)
    expect.equal(
        solution.requantize(acc, multipliers, zero),
        right_codes(acc, multipliers, zero),
        slips=lambda: wrong_codes(acc, multipliers, zero),
        picture=drawn(solution, zero, 300),
    )


# ---------------------------------------------------------------- quantized_linear


@check(
    points=2,
    examples=30,
    depends_on=(
        "products_add_up_in_32_bits",
        "accumulators_round_to_the_nearest_code",
        "codes_saturate_after_the_zero_point",
    ),
)
@given(
    x=arrays(CODES, dtype=np.int8, shape=(2, 3)),
    w=arrays(WEIGHTS, dtype=np.int8, shape=(2, 3)),
    qb=arrays(integers(-20_000, 20_000), dtype=np.int32, shape=(2,)),
    input_scale=sampled_from([0.0625, 0.125, 0.03125]),
    powers=lists(integers(4, 7), min_size=2, max_size=2),
    output_scale=sampled_from([2.0, 0.5, 0.25]),
    zeros=lists(sampled_from([5, -11, 100, -128]), min_size=2, max_size=2),
    **SIDES,
)
def a_layer_runs_on_codes_alone(solution, x, w, qb, input_scale, powers, output_scale, zeros, n, inner, out):
    qx, qw, qb = part_of(x, w, qb, n, inner, out)
    scales, (zero_x, zero_y) = 2.0 ** -np.array(powers[:out]), zeros
    expect.equal(
        solution.quantized_linear(qx, qw, qb, input_scale, zero_x, scales, output_scale, zero_y),
        right_codes(right_sums(qx, qw, qb, zero_x), input_scale * scales / output_scale, zero_y),
        slips=lambda: wrong_layers(qx, qw, qb, (input_scale, scales, output_scale), zero_x, zero_y),
    )


def wrong_layers(qx, qw, qb, scales, zero_x, zero_y):
    """Mistakes of the layer itself, and what follows from those of the functions it may call."""
    input_scale, weight_scales, output_scale = scales
    acc, multipliers = right_sums(qx, qw, qb, zero_x), input_scale * weight_scales / output_scale

    def codes(accumulators=acc, by=multipliers):
        return clamped(np.rint(accumulators * by) + zero_y)

    return {
        **{key: codes(sums) for key, sums in wrong_sums(qx, qw, qb, zero_x).items()},
        "output_scale_forgotten": codes(by=input_scale * weight_scales),
        "input_scale_forgotten": codes(by=weight_scales / output_scale),
        "weight_scales_forgotten": codes(by=np.full_like(multipliers, input_scale / output_scale)),
        "multiplier_upside_down": codes(by=1 / multipliers),
        "zero_points_exchanged": right_codes(right_sums(qx, qw, qb, zero_y), multipliers, zero_x),
        **wrong_codes(acc, multipliers, zero_y),
    }


# ---------------------------------------------------------------- shapes, inputs, size


def numbered(shape, first, dtype):
    return (np.arange(first, first + np.prod(shape, dtype=int)) % 100).reshape(shape).astype(dtype)


@check(points=1, examples=20, depends_on="a_layer_runs_on_codes_alone")
@given(n=integers(0, 3), inner=integers(0, 3), out=integers(1, 3), with_gaps=sampled_from([False, True]))
def types_empty_batches_and_gaps_in_memory(solution, n, inner, out, with_gaps):
    """Without inputs the accumulators are the bias."""
    qx, qw = numbered((n, inner), 3, np.int8), numbered((out, inner), -4, np.int8)
    qb, scales = np.array([-370, 55, 410], np.int32)[:out], np.full(out, 0.3141)
    sent = [solution.strided(part) if with_gaps else part for part in (qx, qw)]
    acc = right_sums(qx, qw, qb, 2)
    got = solution.quantized_linear(*sent, qb, 0.5, 2, scales, 2.0, -3)
    sums = solution.accumulate(*sent, qb, 2)
    expect.equal(
        got,
        right_codes(acc, 0.5 * scales / 2.0, -3),
        slips=lambda: wrong_layers(qx, qw, qb, (0.5, scales, 2.0), 2, -3),
    )
    expect.equal(sums, acc, slips=lambda: wrong_sums(qx, qw, qb, 2))
    expect.dtype(got, "int8")
    expect.dtype(sums, "int32")


@check(points=1, examples=10)
@given(qx=arrays(CODES, dtype=np.int8, shape=(2, 3)), qb=arrays(integers(2, 900), dtype=np.int32, shape=(2,)))
def the_given_arrays_are_not_changed(solution, qx, qb):
    qw, scales = numbered((2, 3), -3, np.int8), np.full(2, 0.25)
    fresh = solution.accumulate(qx, qw, qb, 3)
    expect.shape(fresh, (2, 2))
    x, bias, acc = solution.keep(qx), solution.keep(qb), solution.keep(qb[None])
    before = solution.requantize(acc, scales, 5)
    expect.shape(before, (1, 2))
    solution.quantized_linear(x, qw, bias, 0.5, 3, scales, 0.125, 7)
    expect.unchanged_input(solution.accumulate(x, qw, bias, 3), fresh)
    expect.unchanged_input(solution.requantize(acc, scales, 5), before)


@check(
    points=1,
    visible=False,
    examples=10,
    depends_on=(
        "the_bias_has_the_scale_of_the_accumulator",
        "products_add_up_in_32_bits",
        "accumulators_round_to_the_nearest_code",
    ),
)
@with_right(quantize_bias=right_bias, accumulate=right_sums, requantize=right_codes)
@given(seed=integers(0, 2**20), inner=sampled_from([40, 1500]), far=sampled_from([False, True]))
def long_rows_are_exact(solution, seed, inner, far):
    """Sums beyond 2^24, where float32 has no odd numbers left, and scales that are no powers of two."""
    draw = np.random.RandomState(seed)
    lowest = 100 if far else -128
    qx = draw.randint(lowest, 128, (4, inner)).astype(np.int8)
    qw = draw.randint(lowest, 128, (5, inner)).astype(np.int8)
    bias, scales = draw.normal(0, 2, 5).astype(np.float32), draw.uniform(1e-3, 1e-2, 5)
    qb = solution.quantize_bias(bias, 0.037, scales)
    expect.equal(qb, right_bias(bias, 0.037, scales))
    qb = right_bias(bias, 0.037, scales)
    acc = solution.accumulate(qx, qw, qb, -128)
    expect.equal(acc, right_sums(qx, qw, qb, -128))
    multipliers = scales * 0.037 / (0.5 * inner / 40)
    acc = right_sums(qx, qw, qb, -128)
    expect.equal(solution.requantize(acc, multipliers, -20), right_codes(acc, multipliers, -20))
