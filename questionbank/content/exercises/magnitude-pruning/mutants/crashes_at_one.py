# fails: nothing_or_everything_may_go
"""No magnitude at index n."""

import numpy as np


def sparsity_of(w):
    return 1.0 - np.count_nonzero(w) / w.size


def threshold_prune(w, threshold):
    return np.abs(w) >= threshold


def magnitude_prune(w, sparsity):
    sizes = np.sort(np.abs(w), axis=None)
    return np.abs(w) >= sizes[round(w.size * sparsity)]


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
