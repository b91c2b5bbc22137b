# fails: pruned_weights_are_zero[index_zero_for_pruned_weights]
"""The mask is applied to the indices."""

import numpy as np


def shared_weights(codebook, indices, mask):
    return codebook[indices * mask]


def centroid_gradient(grad, indices, mask, k):
    return np.bincount(indices.ravel(), weights=(grad * mask).ravel(), minlength=k)


def loss_and_gradient(codebook, indices, mask, x, target):
    misses = x @ (codebook[indices] * mask).T - target
    loss = (misses**2).sum() / (2 * len(x))
    grad = misses.T @ x / len(x) * mask
    gradient = np.bincount(indices.ravel(), weights=grad.ravel(), minlength=len(codebook))
    return loss, gradient


def train_codebook(codebook, indices, mask, x, target, learning_rate, steps):
    for _ in range(steps):
        loss, gradient = loss_and_gradient(codebook, indices, mask, x, target)
        codebook = codebook - learning_rate * gradient
    return codebook
