# fails: pruned_weights_are_zero[mask_forgotten], gradients_of_sharers_add_up[mask_forgotten]=carried, the_loss_is_half_the_mean_square[mask_forgotten]=carried, the_gradient_goes_through_the_layer[mask_forgotten]=carried, the_codebook_follows_the_gradient[mask_forgotten]=carried
"""Pruned weights take part everywhere."""

import numpy as np


def shared_weights(codebook, indices, mask):
    return codebook[indices]


def centroid_gradient(grad, indices, mask, k):
    return np.bincount(indices.ravel(), weights=grad.ravel(), minlength=k)


def loss_and_gradient(codebook, indices, mask, x, target):
    misses = x @ codebook[indices].T - target
    loss = (misses**2).sum() / (2 * len(x))
    grad = misses.T @ x / len(x)
    gradient = np.bincount(indices.ravel(), weights=grad.ravel(), minlength=len(codebook))
    return loss, gradient


def train_codebook(codebook, indices, mask, x, target, learning_rate, steps):
    for _ in range(steps):
        loss, gradient = loss_and_gradient(codebook, indices, mask, x, target)
        codebook = codebook - learning_rate * gradient
    return codebook
