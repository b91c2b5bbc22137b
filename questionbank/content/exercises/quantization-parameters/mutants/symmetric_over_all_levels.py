# fails: symmetric_signed_reaches_the_largest_magnitude[largest_over_all_levels]
"""2**(b-1) instead of 2**(b-1) - 1."""


def limits(bits, signed):
    half = 1 << (bits - 1)
    return (-half, half - 1) if signed else (0, 2 * half - 1)


def qparams(lo, hi, bits, scheme, signed):
    first, last = limits(bits, signed)
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    if scheme == "symmetric":
        if lo < 0 and not signed:
            raise ValueError("negative")
        return max(-lo, hi) / (2 ** (bits - 1) if signed else last) or 1.0, 0
    scale = (hi - lo) / (last - first) or 1.0
    return scale, first - round(lo / scale)


def representable_range(scale, zero_point, bits, signed):
    first, last = limits(bits, signed)
    return scale * (first - zero_point), scale * (last - zero_point)
