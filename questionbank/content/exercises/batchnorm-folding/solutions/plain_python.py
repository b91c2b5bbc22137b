"""Channel by channel, number by number."""

import math

import numpy as np


def gain_and_shift(gamma, beta, mean, variance, eps=1e-5):
    gains, shifts = [], []
    for g, b, m, v in zip(gamma.tolist(), beta.tolist(), mean.tolist(), variance.tolist()):
        gains.append(g / math.sqrt(v + eps))
        shifts.append(b - m * gains[-1])
    return gains, shifts


def fold_bn(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gains, shifts = gain_and_shift(gamma, beta, mean, variance, eps)
    new_weight, new_bias = np.empty_like(weight), np.empty(len(weight), weight.dtype)
    for index in np.ndindex(weight.shape):
        new_weight[index] = float(weight[index]) * gains[index[0]]
    for c, (gain, shift) in enumerate(zip(gains, shifts)):
        new_bias[c] = (0.0 if bias is None else float(bias[c])) * gain + shift
    return new_weight, new_bias


def fold_bn_into_next(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    gains, shifts = gain_and_shift(gamma, beta, mean, variance, eps)
    new_weight, new_bias = np.empty_like(weight), np.empty(len(weight), weight.dtype)
    for o, row in enumerate(weight.tolist()):
        total = 0.0 if bias is None else float(bias[o])
        for i, value in enumerate(row):
            new_weight[o, i] = value * gains[i]
            total += value * shifts[i]
        new_bias[o] = total
    return new_weight, new_bias
