# fails: ties_between_layers_go_by_their_order[ties_all_pruned]
"""One threshold, and every tie goes."""

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
    sizes = np.sort(np.concatenate([np.abs(w).ravel() for w in layers.values() if w.ndim > 1] or [np.zeros(0)]))
    count = round(sizes.size * sparsity)
    threshold = sizes[count - 1] if count else -1.0
    return {name: np.abs(w) > threshold if w.ndim > 1 else np.ones(w.shape, bool) for name, w in layers.items()}
