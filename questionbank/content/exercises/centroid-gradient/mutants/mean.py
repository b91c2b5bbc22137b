# fails: gradients_of_sharers_add_up[mean_of_the_gradients], the_gradient_goes_through_the_layer[mean_of_the_gradients]=carried, the_codebook_follows_the_gradient[mean_of_the_gradients]=carried, the_gradient_is_the_slope_of_the_loss=carried
"""The mean of each cluster."""

import numpy as np


def shared_weights(codebook, indices, mask):
    return codebook[indices] * mask


def centroid_gradient(grad, indices, mask, k):
    counts = np.bincount(indices[mask], minlength=k)
    return np.bincount(indices.ravel(), weights=(grad * mask).ravel(), minlength=k) / np.maximum(counts, 1)


def loss_and_gradient(codebook, indices, mask, x, target):
    misses = x @ (codebook[indices] * mask).T - target
    loss = (misses**2).sum() / (2 * len(x))
    grad = misses.T @ x / len(x) * mask
    gradient = centroid_gradient(grad, indices, mask, len(codebook))
    return loss, gradient


def train_codebook(codebook, indices, mask, x, target, learning_rate, steps):
    for _ in range(steps):
        loss, gradient = loss_and_gradient(codebook, indices, mask, x, target)
        codebook = codebook - learning_rate * gradient
    return codebook
