def gain_and_shift(gamma, beta, mean, variance, eps=1e-5):
    """Return (gain, shift) with which batch normalisation at inference is gain * x + shift: two arrays (channels,)."""
    raise NotImplementedError


def fold_bn(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    """Return (weight, bias) of one layer that does what the layer and the normalisation AFTER it do."""
    raise NotImplementedError


def fold_bn_into_next(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    """Return (weight, bias) of one fully connected layer that does what the normalisation BEFORE it and it do."""
    raise NotImplementedError
