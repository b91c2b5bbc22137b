# fails: affine_scale_is_the_width_of_one_step[mixed_codes], zero_point_is_the_code_of_zero[mixed_codes]=carried, symmetric_signed_reaches_the_largest_magnitude[mixed_codes]=carried, range_is_widened_to_hold_zero=carried, first_and_last_code_end_the_range[mixed_codes]=carried
"""Signed codes begin below zero, but end where unsigned ones do."""


def ends(bits, signed):
    return (-(2 ** (bits - 1)) if signed else 0), 2**bits - 1


def qparams(lo, hi, bits, scheme, signed):
    first, last = ends(bits, signed)
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    if scheme == "symmetric":
        if lo < 0 and not signed:
            raise ValueError("negative values need signed codes")
        return max(-lo, hi) / last or 1.0, 0
    scale = (hi - lo) / (last - first) or 1.0
    return scale, first - round(lo / scale)


def representable_range(scale, zero_point, bits, signed):
    first, last = ends(bits, signed)
    return scale * (first - zero_point), scale * (last - zero_point)
