# fails: the_given_arrays_are_not_changed[input_changed]
"""The given weights are scaled."""

import numpy as np


def gain_and_shift(gamma, beta, mean, variance, eps=1e-5):
    gain = gamma / np.sqrt(variance + eps)
    return gain, beta - mean * gain


def fold_bn(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gain, shift = gain_and_shift(gamma, beta, mean, variance, eps)
    if bias is None:
        bias = np.zeros(len(weight))
    weight *= gain.reshape(-1, *[1] * (weight.ndim - 1)).astype(weight.dtype)
    folded = weight
    return folded.astype(weight.dtype), (bias * gain + shift).astype(weight.dtype)


def fold_bn_into_next(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gain, shift = gain_and_shift(gamma, beta, mean, variance, eps)
    if bias is None:
        bias = np.zeros(len(weight))
    return (weight * gain).astype(weight.dtype), (bias + weight @ shift).astype(weight.dtype)
