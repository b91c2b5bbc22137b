"""Exact rational arithmetic; the zero point is found from the quotient and the rest of a whole-number division."""

from fractions import Fraction


def nearest(value):
    below, rest = divmod(value.numerator, value.denominator)
    twice = 2 * rest
    up = twice > value.denominator or (twice == value.denominator and below % 2 == 1)
    return below + up


def qparams(lo, hi, bits, scheme, signed):
    low, high = min(Fraction(lo), Fraction(0)), max(Fraction(hi), Fraction(0))
    if scheme == "symmetric":
        if low < 0 and not signed:
            raise ValueError(f"no codes for {lo}")
        low = -high if high > -low else low
        codes = 2 ** (bits - 1) - 1 if signed else 2**bits - 1
        width = -low if signed else high
        return (float(width / codes) if width else 1.0), 0
    step = (high - low) / (2**bits - 1) if low != high else Fraction(1)
    return float(step), nearest(-low / step) - (2 ** (bits - 1) if signed else 0)


def representable_range(scale, zero_point, bits, signed):
    below = Fraction(zero_point) + (2 ** (bits - 1) if signed else 0)  # codes below zero's
    above = 2**bits - 1 - below
    return float(-below * Fraction(scale)), float(above * Fraction(scale))
