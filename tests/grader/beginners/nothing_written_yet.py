def choose_qparams(lo, hi, bits):
    """Return (scale, zero_point) for values in lo ... hi and codes 0 ... 2**bits - 1."""
    raise NotImplementedError


def quantize(x, scale, zero_point, bits):
    """Return the codes of x: an array of uint8 with the shape of x."""
    raise NotImplementedError


def dequantize(q, scale, zero_point):
    """Return the real values of the codes: an array of float32 with the shape of q."""
    raise NotImplementedError
