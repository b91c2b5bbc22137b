# fails: one_ranking_for_all_layers[pruned_layer_by_layer]
"""The same share of every layer."""

import numpy as np


def sparsity_of(w):
    return 1.0 - np.count_nonzero(w) / w.size


def threshold_prune(w, threshold):
    return np.abs(w) >= threshold


def magnitude_prune(w, sparsity):
    mask = np.ones(w.size, dtype=bool)
    order = np.argsort(np.abs(w), axis=None, kind="stable")
    mask[order[: round(w.size * sparsity)]] = False
    return mask.reshape(w.shape)


def global_prune(layers, sparsity):
    return {
        name: magnitude_prune(w, sparsity) if w.ndim > 1 else np.ones(w.shape, bool)
        for name, w in layers.items()
    }
