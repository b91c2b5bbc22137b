def fake_quantize(x, scale, zero_point, bits):
    """Return x as it comes back from codes 0 ... 2**bits - 1: same shape, same dtype."""
    raise NotImplementedError


def fake_quantize_backward(grad, x, scale, zero_point, bits, convention):
    """Return the gradient by x, given grad, that by the output; convention is "masked" or "pass-through"."""
    raise NotImplementedError
