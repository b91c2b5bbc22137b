"""A threshold by partitioning; all below it go, and of those at it as many as are missing, layer after layer."""

import numpy as np


def global_prune(layers, sparsity):
    weights = [name for name, w in layers.items() if w.ndim > 1]
    count = int(np.rint(sparsity * sum(layers[name].size for name in weights)))
    return _without({name: np.abs(layers[name]) for name in weights}, count, layers)


def sparsities(masks):
    flat = [np.asarray(mask).reshape(-1) for mask in masks.values()]
    shares = {name: _share(mask) for name, mask in zip(masks, flat)}
    return shares, _share(np.concatenate([np.ones(0, bool), *flat]))


def prune_with_floor(layers, sparsity, floor):
    weights = {name: w for name, w in layers.items() if w.ndim > 1}
    count = int(np.rint(sparsity * sum(w.size for w in weights.values())))
    candidates = {}
    for name, w in weights.items():
        sizes = np.abs(w).astype(float)
        own = _without({name: sizes}, max(w.size - floor, 0), weights)[name]  # what stays is safe
        candidates[name] = np.where(own, np.nan, sizes)
    free = sum(int(np.count_nonzero(~np.isnan(one))) for one in candidates.values())
    return _without(candidates, min(count, free), layers)


def _without(sizes, count, layers):
    masks = {name: np.ones(w.shape, dtype=bool) for name, w in layers.items()}
    if count == 0:
        return masks
    flat = np.concatenate([one.reshape(-1) for one in sizes.values()])
    cut = np.partition(flat[~np.isnan(flat)], count - 1)[count - 1]
    at_the_cut = count - np.count_nonzero(flat < cut)
    for name, one in sizes.items():
        gone = (one < cut).reshape(-1)
        ties = np.flatnonzero(one.reshape(-1) == cut)[:at_the_cut]
        gone[ties] = True
        at_the_cut -= ties.size
        masks[name] = ~gone.reshape(one.shape)
    return masks


def _share(mask):
    return float(np.mean(np.logical_not(mask))) if mask.size else 0.0
