# fails: symmetric_signed_reaches_the_largest_magnitude[mixed_codes]
"""Half the scale that is needed: the largest values saturate."""


def limits(bits, signed):
    half = 1 << (bits - 1)
    return (-half, half - 1) if signed else (0, 2 * half - 1)


def qparams(lo, hi, bits, scheme, signed):
    first, last = limits(bits, signed)
    lo, hi = min(lo, 0.0), max(hi, 0.0)
    if scheme == "symmetric":
        if lo < 0 and not signed:
            raise ValueError("negative")
        return max(-lo, hi) / (2**bits - 1) or 1.0, 0
    scale = (hi - lo) / (last - first) or 1.0
    return scale, first - round(lo / scale)


def representable_range(scale, zero_point, bits, signed):
    first, last = limits(bits, signed)
    return scale * (first - zero_point), scale * (last - zero_point)
