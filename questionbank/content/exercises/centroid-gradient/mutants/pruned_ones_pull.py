# fails: the_gradient_goes_through_the_layer[pruned_weights_pull], the_gradient_is_the_slope_of_the_loss=carried
"""The mask is used forwards only."""

import numpy as np


def shared_weights(codebook, indices, mask):
    return codebook[indices] * mask


def centroid_gradient(grad, indices, mask, k):
    return np.bincount(indices.ravel(), weights=(grad * mask).ravel(), minlength=k)


def loss_and_gradient(codebook, indices, mask, x, target):
    misses = x @ (codebook[indices] * mask).T - target
    loss = (misses**2).sum() / (2 * len(x))
    grad = misses.T @ x / len(x)
    gradient = np.bincount(indices.ravel(), weights=grad.ravel(), minlength=len(codebook))
    return loss, gradient


def train_codebook(codebook, indices, mask, x, target, learning_rate, steps):
    for _ in range(steps):
        loss, gradient = loss_and_gradient(codebook, indices, mask, x, target)
        codebook = codebook - learning_rate * gradient
    return codebook
