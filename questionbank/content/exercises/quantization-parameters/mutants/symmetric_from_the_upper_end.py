# fails: symmetric_signed_reaches_the_largest_magnitude[upper_end_only], codes_cover_the_range_to_half_a_step=carried
"""lo is never looked at."""


def limits(bits, signed):
    half = 1 << (bits - 1)
    return (-half, half - 1) if signed else (0, 2 * half - 1)


def qparams(lo, hi, bits, scheme, signed):
    first, last = limits(bits, signed)
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    if scheme == "symmetric":
        if lo < 0 and not signed:
            raise ValueError("negative")
        return hi / last or 1.0, 0
    scale = (hi - lo) / (last - first) or 1.0
    return scale, first - round(lo / scale)


def representable_range(scale, zero_point, bits, signed):
    first, last = limits(bits, signed)
    return scale * (first - zero_point), scale * (last - zero_point)
