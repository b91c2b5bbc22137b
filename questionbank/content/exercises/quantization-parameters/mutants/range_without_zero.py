# fails: range_is_widened_to_hold_zero[range_without_zero]
"""Published course code: clips the zero point but does not widen the range, so [2, 3, 4, 5] comes back as [2, 3, 3, 3]."""


def limits(bits, signed):
    half = 1 << (bits - 1)
    return (-half, half - 1) if signed else (0, 2 * half - 1)


def qparams(lo, hi, bits, scheme, signed):
    first, last = limits(bits, signed)
    if scheme == "symmetric":
        if lo < 0 and not signed:
            raise ValueError("negative")
        return max(abs(lo), abs(hi)) / last or 1.0, 0
    scale = (hi - lo) / (last - first) or 1.0
    return scale, min(max(first - round(lo / scale), first), last)


def representable_range(scale, zero_point, bits, signed):
    first, last = limits(bits, signed)
    return scale * (first - zero_point), scale * (last - zero_point)
