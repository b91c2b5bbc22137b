"""Layers and normalisation as matrices with one more row and column for the constant; folding is their product."""

import numpy as np


def _affine(matrix, constant):
    out, inner = matrix.shape
    whole = np.zeros((out + 1, inner + 1))
    whole[:out, :inner], whole[:out, inner], whole[out, inner] = matrix, constant, 1.0
    return whole


def _norm(gamma, beta, mean, variance, eps):
    ones = np.eye(len(gamma))
    centred, scaled = _affine(ones, -mean), _affine(np.diag(gamma / (variance + eps) ** 0.5), beta)
    return scaled @ centred


def gain_and_shift(gamma, beta, mean, variance, eps=1e-5):
    whole = _norm(gamma, beta, mean, variance, eps)
    return whole.diagonal()[:-1].copy(), whole[:-1, -1]


def fold_bn(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    rows = weight.reshape(weight.shape[0], int(np.prod(weight.shape[1:])))
    layer = _affine(rows, np.zeros(len(weight)) if bias is None else bias)
    whole = (_norm(gamma, beta, mean, variance, eps) @ layer).astype(weight.dtype)
    return whole[:-1, :-1].reshape(weight.shape), whole[:-1, -1]


def fold_bn_into_next(weight, bias, gamma, beta, mean, variance, eps=1e-5):
    layer = _affine(weight, np.zeros(len(weight)) if bias is None else bias)
    whole = (layer @ _norm(gamma, beta, mean, variance, eps)).astype(weight.dtype)
    return whole[:-1, :-1], whole[:-1, -1]
