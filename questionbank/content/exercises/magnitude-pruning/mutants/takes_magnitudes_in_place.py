# fails: the_given_weights_are_not_changed[input_changed]
"""np.sort in place."""

import numpy as np


def sparsity_of(w):
    return 1.0 - np.count_nonzero(w) / w.size


def threshold_prune(w, threshold):
    return np.abs(w) >= threshold


def magnitude_prune(w, sparsity):
    mask = np.ones(w.size, dtype=bool)
    order = np.argsort(np.abs(w), axis=None, kind="stable")
    w.sort()
    mask[order[: round(w.size * sparsity)]] = False
    return mask.reshape(w.shape)


def global_prune(layers, sparsity):
    masks = {name: np.ones(w.shape, dtype=bool) for name, w in layers.items()}
    prunable = [name for name, w in layers.items() if w.ndim >= 2]
    if not prunable:
        return masks
    together = magnitude_prune(np.concatenate([layers[name].ravel() for name in prunable]), sparsity)
    start = 0
    for name in prunable:
        size = layers[name].size
        masks[name] = together[start : start + size].reshape(layers[name].shape)
        start += size
    return masks
