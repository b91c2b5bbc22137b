# fails: no_layer_falls_below_its_floor[floor_by_layer]
"""Each layer by the same share, down to the floor."""

import numpy as np


def global_prune(layers, sparsity):
    weights = {name: w for name, w in layers.items() if w.ndim >= 2}
    masks = {name: np.ones(w.shape, dtype=bool) for name, w in layers.items()}
    if not weights:
        return masks
    together = np.concatenate([np.abs(w).ravel() for w in weights.values()])
    keep = np.ones(together.size, dtype=bool)
    keep[np.argsort(together, kind="stable")[: round(sparsity * together.size)]] = False
    parts = np.split(keep, np.cumsum([w.size for w in weights.values()])[:-1])
    for (name, w), part in zip(weights.items(), parts):
        masks[name] = part.reshape(w.shape)
    return masks


def sparsities(masks):
    shares = {name: float(1 - mask.mean()) if mask.size else 0.0 for name, mask in masks.items()}
    total = sum(mask.size for mask in masks.values())
    pruned = sum(np.count_nonzero(~mask) for mask in masks.values())
    return shares, pruned / max(total, 1)


def prune_with_floor(layers, sparsity, floor):
    masks = {}
    for name, w in layers.items():
        keep = np.ones(w.size, dtype=bool)
        if w.ndim >= 2:
            count = max(0, min(round(sparsity * w.size), w.size - floor))
            keep[np.argsort(np.abs(w), axis=None, kind="stable")[:count]] = False
        masks[name] = keep.reshape(w.shape)
    return masks


def _safe_behind(sizes, floor):
    ranked = sizes.astype(np.float64)
    ranked[np.argsort(sizes, kind="stable")[max(sizes.size - floor, 0) :]] = np.inf
    return ranked
