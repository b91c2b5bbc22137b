"""Without a formula for the fold: whatever is affine is known by what it makes of zero and of each unit vector."""

import numpy as np


def _normalised(x, gamma, beta, mean, variance, eps):
    return gamma * (x - mean) / np.sqrt(variance.astype(np.float64) + eps) + beta


def _probed(function, inputs):
    """The matrix and the bias of an affine function of rows (n, inputs)."""
    bias = function(np.zeros((1, inputs)))[0]
    return (function(np.eye(inputs)) - bias).T, bias


def gain_and_shift(gamma, beta, mean, variance, eps=1e-5):
    matrix, shift = _probed(lambda x: _normalised(x, gamma, beta, mean, variance, eps), len(gamma))
    return np.diagonal(matrix), shift


def fold_bn(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    rows = weight.reshape(len(weight), int(np.prod(weight.shape[1:]))).astype(np.float64)
    before = 0.0 if bias is None else bias
    matrix, folded = _probed(
        lambda x: _normalised(x @ rows.T + before, gamma, beta, mean, variance, eps), rows.shape[1]
    )
    return matrix.reshape(weight.shape).astype(weight.dtype), folded.astype(weight.dtype)


def fold_bn_into_next(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    before = 0.0 if bias is None else bias
    matrix, folded = _probed(
        lambda x: _normalised(x, gamma, beta, mean, variance, eps) @ weight.T + before, len(gamma)
    )
    return matrix.astype(weight.dtype), folded.astype(weight.dtype)
