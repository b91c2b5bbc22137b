# fails: one_threshold_for_all_layers[quantile_of_magnitudes]
"""A quantile as threshold."""

import numpy as np


def global_prune(layers, sparsity):
    weights = {name: w for name, w in layers.items() if w.ndim >= 2}
    masks = {name: np.ones(w.shape, dtype=bool) for name, w in layers.items()}
    if not weights:
        return masks
    together = np.concatenate([np.abs(w).ravel() for w in weights.values()])
    keep = together > (np.quantile(together, sparsity) if together.size else 0)
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
    masks = {name: np.ones(w.shape, dtype=bool) for name, w in layers.items()}
    sizes = {name: np.abs(w).ravel() for name, w in layers.items() if w.ndim >= 2}
    if not sizes:
        return masks
    together = np.concatenate([_safe_behind(one, floor) for one in sizes.values()])
    count = min(round(sparsity * together.size), int(np.isfinite(together).sum()))
    keep = np.ones(together.size, dtype=bool)
    keep[np.argsort(together, kind="stable")[:count]] = False
    start = 0
    for name, one in sizes.items():
        masks[name] = keep[start : start + one.size].reshape(layers[name].shape)
        start += one.size
    return masks


def _safe_behind(sizes, floor):
    ranked = sizes.astype(np.float64)
    ranked[np.argsort(sizes, kind="stable")[max(sizes.size - floor, 0) :]] = np.inf
    return ranked
