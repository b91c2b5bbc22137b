# fails: affine_scale_is_the_width_of_one_step[width_over_the_last_code], zero_point_is_the_code_of_zero=carried, range_is_widened_to_hold_zero=carried
"""The whole width over q_max, as if signed codes had half as many steps."""


def limits(bits, signed):
    half = 1 << (bits - 1)
    return (-half, half - 1) if signed else (0, 2 * half - 1)


def qparams(lo, hi, bits, scheme, signed):
    first, last = limits(bits, signed)
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    if scheme == "symmetric":
        if lo < 0 and not signed:
            raise ValueError("negative")
        return max(-lo, hi) / last or 1.0, 0
    scale = (hi - lo) / last or 1.0
    return scale, first - round(lo / scale)


def representable_range(scale, zero_point, bits, signed):
    first, last = limits(bits, signed)
    return scale * (first - zero_point), scale * (last - zero_point)
