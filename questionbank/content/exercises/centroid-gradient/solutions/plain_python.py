"""Loops over cases, outputs and inputs; each product passes its share on to the value it came from."""

import numpy as np


def shared_weights(codebook, indices, mask):
    weights = np.zeros(indices.shape)
    for place in np.ndindex(indices.shape):
        if mask[place]:
            weights[place] = codebook[indices[place]]
    return weights


def centroid_gradient(grad, indices, mask, k):
    sums = [0.0] * k
    for slope, index, stays in zip(grad.ravel().tolist(), indices.ravel().tolist(), mask.ravel().tolist()):
        if stays:
            sums[index] += slope
    return np.array(sums)


def loss_and_gradient(codebook, indices, mask, x, target):
    weights = shared_weights(codebook, indices, mask).tolist()
    loss, sums = 0.0, [0.0] * len(codebook)
    for case, wanted in zip(x.tolist(), target.tolist()):
        for o, row in enumerate(weights):
            miss = sum(w * v for w, v in zip(row, case)) - wanted[o]
            loss += miss * miss / 2 / len(x)
            for i, value in enumerate(case):
                if mask[o, i]:
                    sums[indices[o, i]] += miss * value / len(x)
    return loss, np.array(sums)


def train_codebook(codebook, indices, mask, x, target, learning_rate, steps):
    values = codebook.astype(float)
    for _ in range(steps):
        slopes = loss_and_gradient(values, indices, mask, x, target)[1]
        values -= learning_rate * slopes
    return values
