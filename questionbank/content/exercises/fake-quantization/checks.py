"""What correct fake quantization does. Values are whole, half and quarter steps of a scale that is a power of two; where
gradients are looked at there are no ties, so that a mask by codes and one by distances are both right."""

import numpy as np

from grader import expect, pictures
from grader.checks import check, given, with_right
from grader.strategies import arrays, bit_widths, finite, integers, lists, multiples, one_of, sampled_from
from reference_impl.quantization import (
    ArrayQParams,
    Scheme,
    StraightThrough,
    affine,
    fake_quantize_backward,
)

SCALES = sampled_from([0.25, 0.5, 2.0, 1.0])
MASKED, PASS_THROUGH = "masked", "pass-through"
#: steps from zero, never in the middle between two codes
UNTIED = one_of(multiples(1.0, -20, 20), integers(-20, 20).map(lambda k: k + 0.25), multiples(1.0, -3, 3))
BEYOND = 1e9  #: outside every range here
FLOAT32_STEPS = 512 * np.finfo(np.float32).eps  #: s q - s z is right too; in float32 each product is rounded


def right_values(x, scale, zero_point, bits):
    codes = affine.quantize(x, float(scale), int(zero_point), bits=bits)
    return affine.dequantize(codes, float(scale), int(zero_point)).astype(x.dtype)


def right_gradient(grad, x, scale, zero_point, bits, convention):
    qparams = ArrayQParams(np.asarray(float(scale)), np.asarray(int(zero_point)))
    chosen = StraightThrough(convention)
    finite_x = np.clip(x, -BEYOND, BEYOND)  # the reference refuses infinities
    return fake_quantize_backward(grad, finite_x, qparams, Scheme.affine(bits), convention=chosen).astype(
        x.dtype
    )


def wrapped(numbers):
    """What is left of whole numbers in uint8."""
    return np.asarray(numbers, np.int64) % 256


def drawn(solution, scale, zero_point, bits, first, last):
    """A staircase over the steps `first` to `last`, counted from zero."""

    def sketch():
        x = (np.linspace(first, last, 240) * scale).astype(np.float32)
        got = solution.fake_quantize(x, scale, zero_point, bits)
        return pictures.staircase(x, got, right_values(x, scale, zero_point, bits), step=scale)

    return sketch


# ---------------------------------------------------------------- forward


@check(points=2, examples=20)
@given(
    steps=arrays(
        one_of(
            multiples(1.0, -90, 90),
            integers(-90, 90).map(lambda k: k + 0.25),
            integers(-90, 90).map(lambda k: k + 0.75),
        )
    ),
    scale=SCALES,
    zero_point=integers(100, 140),
)
def values_move_to_the_nearest_grid_point(solution, steps, scale, zero_point):
    x = steps * np.float32(scale)
    codes = np.rint(steps) + zero_point
    expect.close(
        solution.fake_quantize(x, scale, zero_point, 8),
        right_values(x, scale, zero_point, 8),
        slips={
            "nothing_rounded": x,
            "codes_instead_of_real_values": codes,
            "steps_instead_of_real_values": np.rint(steps),
            "scale_twice": scale * scale * np.rint(steps),
            "zero_point_not_subtracted": scale * codes,
            "zero_point_subtracted_twice": scale * (np.rint(steps) - zero_point),
            "truncated": scale * np.trunc(steps),
            "rounded_down": scale * np.floor(steps),
        },
        picture=drawn(solution, scale, zero_point, 8, -4.2, 4.2),
    )


@check(points=1, examples=20, depends_on="values_move_to_the_nearest_grid_point")
@given(
    halves=arrays(multiples(1.0, -20, 20).map(lambda k: k + 0.5)),
    scale=SCALES,
    zero_point=integers(40, 60),
)
def ties_go_to_the_even_step(solution, halves, scale, zero_point):
    x = halves * np.float32(scale)
    expect.close(
        solution.fake_quantize(x, scale, zero_point, 8),
        right_values(x, scale, zero_point, 8),
        slips={
            "rounded_after_adding_zero_point": scale * (np.rint(halves + zero_point) - zero_point),
            "rounded_half_up": scale * np.floor(halves + 0.5),
            "rounded_half_away_from_zero": scale * np.sign(halves) * np.floor(np.abs(halves) + 0.5),
            "truncated": scale * np.trunc(halves),
            "rounded_down": scale * np.floor(halves),
        },
    )


@check(points=2, examples=30)
@given(
    steps=arrays(multiples(1.0, -400, 400)),
    scale=SCALES,
    bits=bit_widths(),
    part=sampled_from([0.0, 0.5, 1.0]),
)
def values_outside_the_range_saturate(solution, steps, scale, bits, part):
    top = 2**bits - 1
    zero_point, half = int(part * top), 2 ** (bits - 1)
    codes = steps + zero_point

    def real(wrong_codes):
        return scale * (wrong_codes - zero_point)

    x = steps * np.float32(scale)
    expect.close(
        solution.fake_quantize(x, scale, zero_point, bits),
        right_values(x, scale, zero_point, bits),
        slips={
            "not_clamped": x,
            "cast_before_clamp": real(np.minimum(wrapped(codes), top)),
            "wrapped_around": real(wrapped(codes)),
            "clamped_without_zero_point": scale * np.clip(steps, 0, top),
            "clamped_to_signed_codes": real(np.clip(codes, -half, half - 1)),
            "clamped_to_eight_bits": real(np.clip(codes, 0, 255)),
            "clamped_one_too_high": real(np.clip(codes, 0, top + 1)),
        },
        picture=drawn(solution, scale, zero_point, bits, -zero_point - top / 2, 1.5 * top - zero_point),
    )


# ---------------------------------------------------------------- backward


def gradients(count):
    """Never zero, so that what is masked shows."""
    return lists(sampled_from([1.0, -2.0, 0.5, -0.25, 3.0]), min_size=count, max_size=count)


def wrong_gradients(grad, steps, scale, zero_point, bits):
    top = 2**bits - 1
    codes = np.rint(steps) + zero_point
    on = (codes >= 0) & (codes <= top)

    def where(mask):
        return np.where(mask, grad, 0.0)

    return {
        "gradient_zero_everywhere": np.zeros_like(grad),
        "upstream_gradient_forgotten": on.astype(np.float64),
        "scale_times_gradient": where(on) * scale,
        "gradient_over_scale": where(on) / scale,
        "gradient_over_scale_without_mask": grad / scale,
        "mask_inverted": where(~on),
        "mask_ends_at_the_last_grid_point": where((steps + zero_point >= 0) & (steps + zero_point <= top)),
        "only_grid_points_pass": where(on & (steps == np.rint(steps))),
        "ends_masked_too": where((codes > 0) & (codes < top)),
        "mask_without_zero_point": where((np.rint(steps) >= 0) & (np.rint(steps) <= top)),
        "upper_end_not_masked": where(codes >= 0),
    }


@check(points=3, examples=25)
@given(
    drawn_steps=arrays(UNTIED, max_size=3),
    given_grad=gradients(6),
    scale=SCALES,
    bits=bit_widths(2, 4),
    part=sampled_from([0.0, 0.5, 1.0]),
)
def masked_gradient_stops_where_codes_are_clamped(solution, drawn_steps, given_grad, scale, bits, part):
    """Two of the values lie a quarter of a step beyond the ends, where they are not clamped yet; one between two points."""
    top = 2**bits - 1
    zero_point = int(part * top)
    steps = np.append(drawn_steps, np.array([top + 0.25, -0.25, 1.25], np.float32) - zero_point)
    x, grad = steps * np.float32(scale), np.array(given_grad[: steps.size], np.float32)
    expect.close(
        solution.fake_quantize_backward(grad, x, scale, zero_point, bits, MASKED),
        right_gradient(grad, x, scale, zero_point, bits, MASKED),
        slips={
            "other_convention": grad,
            **wrong_gradients(grad, steps, scale, zero_point, bits),
        },
    )


@check(points=1, examples=15, depends_on="masked_gradient_stops_where_codes_are_clamped")
@given(steps=arrays(UNTIED), given_grad=gradients(6), scale=SCALES, bits=bit_widths(2, 4))
def pass_through_gradient_is_the_gradient_itself(solution, steps, given_grad, scale, bits):
    zero_point = 2 ** (bits - 1)
    x, grad = steps * np.float32(scale), np.array(given_grad[: steps.size], np.float32)
    wrong = wrong_gradients(grad, steps, scale, zero_point, bits)
    expect.close(
        solution.fake_quantize_backward(grad, x, scale, zero_point, bits, PASS_THROUGH),
        grad,
        slips={
            "other_convention": right_gradient(grad, x, scale, zero_point, bits, MASKED),
            "gradient_zero_everywhere": wrong["gradient_zero_everywhere"],
            "upstream_gradient_forgotten": np.ones_like(grad),
            "scale_times_gradient": grad * scale,
            "gradient_over_scale": grad / scale,
            "gradient_over_scale_without_mask": grad / scale,
        },
    )


# ---------------------------------------------------------------- arrays


@check(
    points=1,
    examples=10,
    depends_on=("values_outside_the_range_saturate", "masked_gradient_stops_where_codes_are_clamped"),
)
@with_right(fake_quantize=right_values, fake_quantize_backward=right_gradient)
@given(
    x=arrays(sampled_from([np.inf, -np.inf, 3e38, -3e38, 1e10, -1e10, 65536.0, 1.0])),
    zero_point=integers(0, 7),
    bits=bit_widths(4, 8),
)
def huge_values_saturate_without_gradient(solution, x, zero_point, bits):
    expect.close(
        solution.fake_quantize(x, 0.5, zero_point, bits),
        right_values(x, 0.5, zero_point, bits),
        slips={"not_clamped": x},
    )
    grad = np.full(x.shape, 2.0, np.float32)
    expect.close(
        solution.fake_quantize_backward(grad, x, 0.5, zero_point, bits, MASKED),
        right_gradient(grad, x, 0.5, zero_point, bits, MASKED),
    )


@check(
    points=1,
    examples=25,
    depends_on=("values_move_to_the_nearest_grid_point", "masked_gradient_stops_where_codes_are_clamped"),
)
@with_right(fake_quantize=right_values, fake_quantize_backward=right_gradient)
@given(
    shape=sampled_from([(), (1,), (3,), (0,), (2, 3), (2, 0), (2, 1, 3)]),
    first=integers(-12, 2),
    with_gaps=sampled_from([False, True]),
    name=sampled_from(["float32", "float64"]),
    convention=sampled_from([MASKED, PASS_THROUGH]),
)
def results_have_the_shape_and_dtype_of_x(solution, shape, first, with_gaps, name, convention):
    x = (np.arange(first, first + np.prod(shape, dtype=int)) + 0.25).reshape(shape).astype(name)
    grad = (np.arange(x.size) * 0.5 + 1).reshape(shape).astype(name)
    pass_on = solution.strided if with_gaps and shape else np.asarray
    out = solution.fake_quantize(pass_on(x), 1.0, 3, 3)
    expect.close(out, right_values(x, 1.0, 3, 3))
    expect.dtype(out, name)
    back = solution.fake_quantize_backward(pass_on(grad), pass_on(x), 1.0, 3, 3, convention)
    expect.close(back, right_gradient(grad, x, 1.0, 3, 3, convention))
    expect.dtype(back, name)


@check(points=1, examples=8)
@given(steps=arrays(multiples(1.0, -30, 30)), given_grad=gradients(6), scale=SCALES)
def the_given_arrays_are_not_changed(solution, steps, given_grad, scale):
    grad = np.array(given_grad[: steps.size], np.float32)
    fresh = solution.fake_quantize(steps, 0.5, 9, 8)
    expect.shape(fresh, steps.shape)  # whether it is right is for other checks to say
    fresh_gradient = solution.fake_quantize_backward(grad, steps, 0.5, 9, 8, PASS_THROUGH)
    expect.shape(fresh_gradient, steps.shape)
    x, held = solution.keep(steps), solution.keep(grad)
    solution.fake_quantize(x, 4 * scale, 1, 2)
    solution.fake_quantize_backward(held, x, 4 * scale, 1, 2, MASKED)
    expect.unchanged_input(solution.fake_quantize(x, 0.5, 9, 8), fresh)
    expect.unchanged_input(solution.fake_quantize_backward(held, x, 0.5, 9, 8, PASS_THROUGH), fresh_gradient)


@check(
    points=1,
    visible=False,
    examples=10,
    depends_on=(
        "values_move_to_the_nearest_grid_point",
        "values_outside_the_range_saturate",
        "masked_gradient_stops_where_codes_are_clamped",
        "pass_through_gradient_is_the_gradient_itself",
    ),
)
@with_right(fake_quantize=right_values, fake_quantize_backward=right_gradient)
@given(
    seed=integers(0, 2**20),
    scale=finite(0.01, 10),
    bits=bit_widths(),
    convention=sampled_from([MASKED, PASS_THROUGH]),
)
def training_steps_of_a_layer(solution, seed, scale, bits, convention):
    """Zero stays zero, what is on the grid stays there, and gradients of a whole layer are masked one by one."""
    draw, top = np.random.RandomState(seed), 2**bits - 1
    shape, zero_point = (draw.randint(1, 9), draw.randint(1, 9), 3), int(draw.randint(top + 1))
    steps = draw.randint(-top, 2 * top, shape) - zero_point + draw.uniform(-0.45, 0.45, shape)
    x = (steps * scale).astype(np.float32)
    x[0, 0, 0] = 0.0
    grad = draw.normal(size=shape).astype(np.float32)
    out = solution.fake_quantize(x, scale, zero_point, bits)
    right = right_values(x, scale, zero_point, bits)
    expect.close(out, right, atol=FLOAT32_STEPS * scale)
    again = solution.fake_quantize(right, scale, zero_point, bits)
    expect.close(again, right, atol=FLOAT32_STEPS * scale)
    expect.close(
        solution.fake_quantize_backward(grad, x, scale, zero_point, bits, convention),
        right_gradient(grad, x, scale, zero_point, bits, convention),
    )
