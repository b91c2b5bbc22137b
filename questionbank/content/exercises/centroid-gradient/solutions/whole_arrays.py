"""Fancy indexing forwards, np.bincount backwards."""

import numpy as np


def shared_weights(codebook, indices, mask):
    return np.where(mask, codebook[indices], 0.0)


def centroid_gradient(grad, indices, mask, k):
    return np.bincount(indices[mask], weights=grad[mask], minlength=k)


def loss_and_gradient(codebook, indices, mask, x, target):
    misses = x @ shared_weights(codebook, indices, mask).T - target
    loss = 0.5 * np.mean(np.sum(misses**2, axis=1))
    return float(loss), centroid_gradient(misses.T @ x / len(x), indices, mask, len(codebook))


def train_codebook(codebook, indices, mask, x, target, learning_rate, steps):
    for _ in range(steps):
        _, gradient = loss_and_gradient(codebook, indices, mask, x, target)
        codebook = codebook - learning_rate * gradient
    return codebook
