# fails: weights_are_scaled_by_their_output_channel[gain_on_the_last_axis_but_one]
"""gain[:, None] on a convolution whose kernel happens to fit."""

import numpy as np


def gain_and_shift(gamma, beta, mean, variance, eps=1e-5):
    gain = gamma / np.sqrt(variance + eps)
    return gain, beta - mean * gain


def fold_bn(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gain, shift = gain_and_shift(gamma, beta, mean, variance, eps)
    if bias is None:
        bias = np.zeros(len(weight))
    by = gain[:, None] if weight.ndim > 2 and weight.shape[-2] in (1, len(gain)) else gain.reshape(-1, *[1] * (weight.ndim - 1))
    folded = weight * by
    folded = folded if folded.shape == weight.shape else weight * gain.reshape(-1, *[1] * (weight.ndim - 1))
    return folded.astype(weight.dtype), (bias * gain + shift).astype(weight.dtype)


def fold_bn_into_next(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gain, shift = gain_and_shift(gamma, beta, mean, variance, eps)
    if bias is None:
        bias = np.zeros(len(weight))
    return (weight * gain).astype(weight.dtype), (bias + weight @ shift).astype(weight.dtype)
