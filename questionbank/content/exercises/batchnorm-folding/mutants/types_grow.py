# fails: shapes_and_types_stay
"""Single precision comes back in double."""

import numpy as np


def gain_and_shift(gamma, beta, mean, variance, eps=1e-5):
    gain = gamma / np.sqrt(variance + eps)
    return gain, beta - mean * gain


def fold_bn(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gain, shift = gain_and_shift(gamma, beta, mean, variance, eps)
    if bias is None:
        bias = np.zeros(len(weight))
    folded = weight * gain.reshape(-1, *[1] * (weight.ndim - 1))
    return folded.astype(np.float64), (bias * gain + shift).astype(np.float64)


def fold_bn_into_next(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gain, shift = gain_and_shift(gamma, beta, mean, variance, eps)
    if bias is None:
        bias = np.zeros(len(weight))
    return (weight * gain).astype(weight.dtype), (bias + weight @ shift).astype(weight.dtype)
