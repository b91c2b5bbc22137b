# fails: a_norm_before_the_layer_scales_its_columns[shift_through_scaled_weights]
"""Scales the weights first and uses them for the bias."""

import numpy as np


def gain_and_shift(gamma, beta, mean, variance, eps=1e-5):
    gain = gamma / np.sqrt(variance + eps)
    return gain, beta - mean * gain


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
    weight = weight * gain.astype(weight.dtype)
    return weight, (bias + weight @ shift).astype(weight.dtype)
