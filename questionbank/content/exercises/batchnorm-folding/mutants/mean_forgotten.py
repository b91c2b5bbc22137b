# fails: the_norm_is_one_gain_and_one_shift[mean_forgotten], the_bias_goes_through_the_norm=carried, a_norm_before_the_layer_scales_its_columns=carried
"""beta alone."""

import numpy as np


def gain_and_shift(gamma, beta, mean, variance, eps=1e-5):
    gain = gamma / np.sqrt(variance + eps)
    return gain, beta


def fold_bn(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gain, shift = gain_and_shift(gamma, beta, mean, variance, eps)
    if bias is None:
        bias = np.zeros(len(weight))
    folded = weight * gain.reshape(-1, *[1] * (weight.ndim - 1))
    return folded.astype(weight.dtype), (bias * gain + shift).astype(weight.dtype)


def fold_bn_into_next(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gain, shift = gain_and_shift(gamma, beta, mean, variance, eps)
    if bias is None:
        bias = np.zeros(len(weight))
    return (weight * gain).astype(weight.dtype), (bias + weight @ shift).astype(weight.dtype)
