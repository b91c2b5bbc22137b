# fails: nothing_or_everything_may_go[index_minus_one]
"""Sparsity 0 takes the largest magnitude as threshold."""

import numpy as np


def sparsity_of(w):
    return 1.0 - np.count_nonzero(w) / w.size


def threshold_prune(w, threshold):
    return np.abs(w) >= threshold


def magnitude_prune(w, sparsity):
    sizes, count = np.abs(w), round(w.size * sparsity)
    if w.size == 0:
        return np.ones(w.shape, dtype=bool)
    gone = sizes <= np.sort(sizes, axis=None)[count - 1]
    surplus = np.flatnonzero(gone & (sizes == sizes[gone].max()))[::-1][: gone.sum() - count] if count else []
    gone.reshape(-1)[surplus] = False
    return ~gone


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
