def channel_scales(w, bits, axis):
    """Return one scale for each index of the axis, in one dimension."""
    raise NotImplementedError


def quantize_channels(w, scales, bits, axis):
    """Return the codes of w: an array of int8 with the shape of w."""
    raise NotImplementedError


def dequantize_channels(q, scales, axis):
    """Return the real values of the codes: an array of float32 with the shape of q."""
    raise NotImplementedError
