def qparams(lo, hi, bits, scheme, signed):
    """Return (scale, zero_point) for values in lo ... hi; scheme is "affine" or "symmetric"."""
    raise NotImplementedError


def representable_range(scale, zero_point, bits, signed):
    """Return the real values that the first and the last code stand for."""
    raise NotImplementedError
