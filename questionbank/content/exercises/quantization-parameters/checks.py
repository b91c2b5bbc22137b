"""What correct quantization parameters are. Where the zero point is looked at, ranges are made of whole, half and quarter
steps of a power of two: then every correct way to compute rounds the same numbers."""

import numpy as np

from grader import expect
from grader.checks import check, given, with_right
from grader.strategies import bit_widths, finite, integers, multiples, one_of, sampled_from
from reference_impl.quantization import Grid, Scheme

SIGNS = sampled_from([False, True])
UNITS = sampled_from([1.0, 2.0**-40, 1024.0])
#: the pairs (scheme, signed) that any range can have
GRIDS = sampled_from([("affine", False), ("affine", True), ("symmetric", True)])
NOT_WHOLE = "zero_point_not_an_integer"


def grid(bits, signed):
    return Grid.signed(bits) if signed else Grid.unsigned(bits)


def right_qparams(lo, hi, bits, scheme, signed):
    chosen = Scheme(grid(bits, signed), symmetric=scheme == "symmetric")
    scale, zero_point = chosen.qparams(lo, hi)
    return float(scale), int(zero_point)


def right_ends(scale, zero_point, bits, signed):
    codes = grid(bits, signed)
    return scale * (codes.lo - zero_point), scale * (codes.hi - zero_point)


#: lower bounds that people give to a scale
FLOORS = (1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, float(np.finfo(np.float32).eps))


def floored(scale, right):
    """What a lower bound makes of a scale: the one that was returned, if it is one of those in use."""
    used = [bound for bound in FLOORS if abs(float(scale) - bound) <= 1e-6 * bound]
    return max([right, *used])


def whole(zero_point):
    return expect.whole_number(zero_point, key=NOT_WHOLE)


# ---------------------------------------------------------------- affine


@check(points=2)
@given(
    lo=multiples(0.25, -400, -2),
    hi=multiples(0.25, 2, 400),
    unit=UNITS,
    bits=bit_widths(),
    signed=SIGNS,
)
def affine_scale_is_the_width_of_one_step(solution, lo, hi, unit, bits, signed):
    lo, hi, largest = lo * unit, hi * unit, max(-lo, hi) * unit
    scale, _ = expect.pair(solution.qparams(lo, hi, bits, "affine", signed))
    right, zero_point = right_qparams(lo, hi, bits, "affine", signed)
    expect.close(
        scale,
        right,
        slips={
            "counts_levels_not_steps": (hi - lo) / 2**bits,
            "eight_bits_always": (hi - lo) / 255,
            "width_over_the_last_code": (hi - lo) / grid(bits, signed).hi,
            "scheme_ignored": largest / grid(bits, signed).hi,
            "forgot_the_negative_side": hi / (2**bits - 1),
            "inverted_scale": (2**bits - 1) / (hi - lo),
            "mixed_codes": (hi - lo) / (2**bits - 1 - grid(bits, signed).lo),
            "scale_floored": floored(expect.array(scale, ()), right),
            "zero_point_before_scale": zero_point,
        },
    )


@check(points=2, depends_on="affine_scale_is_the_width_of_one_step")
@given(place=integers(0, 1020), scale=sampled_from([1.0, 0.5, 0.125, 4.0]), bits=bit_widths(), signed=SIGNS)
def zero_point_is_the_code_of_zero(solution, place, scale, bits, signed):
    steps, first = 2**bits - 1, grid(bits, signed).lo
    below = place % (4 * steps) / 4  # steps from the lower end up to zero
    lo, hi = 0.0 - below * scale, (steps - below) * scale
    _, zero_point = expect.pair(solution.qparams(lo, hi, bits, "affine", signed))
    expect.equal(
        whole(zero_point),
        right_qparams(lo, hi, bits, "affine", signed)[1],
        slips={
            "unsigned_zero_point": round(below),
            "zero_point_truncated": first + int(below),
            "rounded_half_up": first + int(below + 0.5),
            "zero_point_sign": first - round(below),
            "zero_point_of_the_upper_end": first + round(steps - below),
            # right, given a scale that was already wrong
            "counts_levels_not_steps": first + round(below * 2**bits / steps),
            "eight_bits_always": grid(8, signed).lo + round(below * 255 / steps),
            "width_over_the_last_code": first + round(below * grid(bits, signed).hi / steps),
            "forgot_the_negative_side": first + min(round(below * steps / (steps - below)), steps),
            "scheme_ignored": 0,
            "mixed_codes": first + round(below * (steps - first) / steps),
        },
    )


# ---------------------------------------------------------------- symmetric


@check(points=2, depends_on="affine_scale_is_the_width_of_one_step")
@given(one=multiples(0.25, -400, 400), other=multiples(0.25, -400, 400), unit=UNITS, bits=bit_widths())
def symmetric_signed_reaches_the_largest_magnitude(solution, one, other, unit, bits):
    lo, hi = min(one, other, 0.0) * unit, max(one, other, 0.25) * unit
    largest, last = max(-lo, hi), 2 ** (bits - 1) - 1
    scale, zero_point = expect.pair(solution.qparams(lo, hi, bits, "symmetric", True))
    affine = right_qparams(lo, hi, bits, "affine", True)
    right = right_qparams(lo, hi, bits, "symmetric", True)
    expect.close(
        scale,
        right[0],
        slips={
            "upper_end_only": hi / last,
            "affine_though_symmetric": affine[0],
            "eight_bits_always": largest / 127,
            "largest_over_all_levels": largest / 2 ** (bits - 1),
            "mixed_codes": largest / (2**bits - 1),
            "half_a_step_clipped": 2 * largest / (2**bits - 1),
            "scale_floored": floored(expect.array(scale, ()), right[0]),
        },
    )
    expect.equal(
        whole(zero_point),
        right[1],
        slips={"zero_point_in_the_middle": 2 ** (bits - 1), "affine_zero_point": affine[1]},
    )


@check(points=1)
@given(lo=multiples(0.25, 0, 40), width=multiples(0.25, 1, 200), bits=bit_widths())
def symmetric_unsigned_starts_at_zero(solution, lo, width, bits):
    hi = lo + width
    scale, zero_point = expect.pair(solution.qparams(lo, hi, bits, "symmetric", False))
    right = right_qparams(lo, hi, bits, "symmetric", False)
    expect.close(
        scale,
        right[0],
        slips={
            "signed_codes_though_unsigned": hi / (2 ** (bits - 1) - 1),
            "counts_levels_not_steps": hi / 2**bits,
            "range_without_zero": width / (2**bits - 1),
        },
    )
    expect.equal(whole(zero_point), right[1], slips={"zero_point_in_the_middle": 2 ** (bits - 1)})


@check(points=1, examples=15)
@given(lo=finite(-50, -0.25), width=finite(0, 80), bits=bit_widths())
def negative_values_have_no_unsigned_symmetric_code(solution, lo, width, bits):
    expect.raises(lambda: solution.qparams(lo, lo + width, bits, "symmetric", False), "ValueError")


def wrong_symmetric_scales(largest, bits):
    """Of a range from zero to the largest magnitude."""
    return {
        "affine_though_symmetric": largest / (2**bits - 1),
        "eight_bits_always": largest / 127,
        "largest_over_all_levels": largest / 2 ** (bits - 1),
        "half_a_step_clipped": 2 * largest / (2**bits - 1),
    }


# ---------------------------------------------------------------- ranges that are special


@check(
    points=2,
    depends_on=(
        "affine_scale_is_the_width_of_one_step",
        "zero_point_is_the_code_of_zero",
        "symmetric_signed_reaches_the_largest_magnitude",
    ),
)
@given(
    near=multiples(0.25, 2, 200),
    width=one_of(sampled_from([0.0]), multiples(0.25, 2, 200)),
    negative=SIGNS,
    bits=bit_widths(),
    kind=GRIDS,
)
def range_is_widened_to_hold_zero(solution, near, width, negative, bits, kind):
    lo, hi = (-near - width, -near) if negative else (near, near + width)
    scheme, signed = kind
    scale, zero_point = expect.pair(solution.qparams(lo, hi, bits, *kind))
    right, codes = right_qparams(lo, hi, bits, *kind), grid(bits, signed)
    affine = scheme == "affine"
    expect.close(
        scale,
        right[0],
        slips={
            "constant_as_unit_scale": 1.0 if width == 0 else right[0],
            "range_without_zero": (width / codes.steps or 1.0) if affine else right[0],
            "counts_levels_not_steps": (near + width) / 2**bits if affine else right[0],
            "width_over_the_last_code": (near + width) / codes.hi,
            "scheme_ignored": (near + width) / codes.hi,
            "mixed_codes": (near + width) / (2**bits - 1 - (codes.lo if affine else 0)),
            **({} if affine else wrong_symmetric_scales(near + width, bits)),
        },
    )
    expect.equal(
        whole(zero_point),
        right[1],
        slips={
            "unsigned_zero_point": right[1] - codes.lo if affine else 0,
            "zero_point_sign": (codes.lo - codes.steps if negative else codes.lo) if affine else 0,
            "zero_point_of_the_upper_end": (codes.lo if negative else codes.hi) if affine else 0,
            "scheme_ignored": 0,
        },
    )


@check(points=1, examples=20, depends_on="zero_point_is_the_code_of_zero")
@given(bits=bit_widths(), kind=one_of(GRIDS, sampled_from([("symmetric", False)])))
def a_range_of_only_zero_has_scale_one(solution, bits, kind):
    scale, zero_point = expect.pair(solution.qparams(0.0, 0.0, bits, *kind))
    right = right_qparams(0.0, 0.0, bits, *kind)
    bounded = floored(expect.array(scale, ()), 0.0)
    expect.close(scale, right[0], slips={"scale_of_zero": 0.0, "scale_floored": bounded})
    unsigned = right[1] - grid(bits, kind[1]).lo if kind[0] == "affine" else 0
    expect.equal(whole(zero_point), right[1], slips={"unsigned_zero_point": unsigned})


# ---------------------------------------------------------------- the range that the codes cover


@check(points=2, depends_on="affine_scale_is_the_width_of_one_step")
@given(scale=sampled_from([0.5, 1.0, 0.125, 3.0]), place=integers(0, 255), bits=bit_widths(), signed=SIGNS)
def first_and_last_code_end_the_range(solution, scale, place, bits, signed):
    codes = grid(bits, signed)
    zero_point, other = codes.lo + place % 2**bits, grid(bits, not signed)

    def ends(first, last):
        return scale * (first - zero_point), scale * (last - zero_point)

    expect.close(
        expect.pair(solution.representable_range(scale, zero_point, bits, signed)),
        right_ends(scale, zero_point, bits, signed),
        slips={
            "sign_of_the_grid": ends(other.lo, other.hi),
            "one_code_too_far": ends(codes.lo, codes.hi + 1),
            "lowest_code_left_out": ends(codes.lo + 1, codes.hi) if signed else ends(codes.lo, codes.hi),
            "mixed_codes": ends(codes.lo, 2**bits - 1),
            "zero_point_added_to_the_value": (scale * codes.lo + zero_point, scale * codes.hi + zero_point),
            "zero_point_added": (scale * (codes.lo + zero_point), scale * (codes.hi + zero_point)),
            "zero_point_forgotten": (scale * codes.lo, scale * codes.hi),
            "zero_point_in_real_units": (scale * codes.lo - zero_point, scale * codes.hi - zero_point),
            "codes_instead_of_real_values": (codes.lo, codes.hi),
        },
    )


@check(
    points=1,
    visible=False,
    examples=30,
    depends_on=(
        "affine_scale_is_the_width_of_one_step",
        "symmetric_signed_reaches_the_largest_magnitude",
        "first_and_last_code_end_the_range",
    ),
)
@with_right(qparams=right_qparams, representable_range=right_ends)
@given(lo=finite(-50, 50), width=finite(0.5, 50), bits=bit_widths(), kind=GRIDS)
def codes_cover_the_range_to_half_a_step(solution, lo, width, bits, kind):
    """The zero point moves the grid by half a step at most; no grid is wider than it has to be."""
    hi, codes = lo + width, grid(bits, kind[1])
    scale, zero_point = expect.pair(solution.qparams(lo, hi, bits, *kind))
    zero = whole(zero_point)
    expect.at_least(zero, codes.lo)
    expect.at_most(zero, codes.hi)
    first, last = expect.array(
        expect.pair(solution.representable_range(scale, zero, bits, kind[1])), (2,)
    ).tolist()
    right = right_qparams(lo, hi, bits, *kind)[0]
    half = right / 2 * (1 + 1e-4)
    expect.at_most(first, lo + half)
    expect.at_least(last, hi - half)
    expect.close(last - first, codes.steps * right, rtol=1e-5)
