# fails: affine_scale_is_the_width_of_one_step[scale_floored], symmetric_signed_reaches_the_largest_magnitude[scale_floored]=carried, a_range_of_only_zero_has_scale_one[scale_floored]=carried
"""A lower bound, as the eps of torch's observers."""


def limits(bits, signed):
    half = 1 << (bits - 1)
    return (-half, half - 1) if signed else (0, 2 * half - 1)


def qparams(lo, hi, bits, scheme, signed):
    first, last = limits(bits, signed)
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    if scheme == "symmetric":
        if lo < 0 and not signed:
            raise ValueError("negative")
        return max(max(-lo, hi) / last, 1.1920928955078125e-07), 0
    scale = max((hi - lo) / (last - first), 1.1920928955078125e-07)
    return scale, first - round(lo / scale)


def representable_range(scale, zero_point, bits, signed):
    first, last = limits(bits, signed)
    return scale * (first - zero_point), scale * (last - zero_point)
