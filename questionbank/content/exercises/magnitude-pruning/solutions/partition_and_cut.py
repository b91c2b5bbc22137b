"""A threshold found by partitioning, without a full sort; then as many of the weights at the threshold as are missing."""

import numpy as np


def sparsity_of(w):
    return float(np.mean(w == 0))


def threshold_prune(w, threshold):
    return ~((w < threshold) & (-w < threshold))


def magnitude_prune(w, sparsity):
    sizes = np.absolute(w).reshape(-1)
    count = int(np.rint(sizes.size * sparsity))
    if count == 0:
        return np.ones(w.shape, dtype=bool)
    cut = np.partition(sizes, count - 1)[count - 1]
    gone = sizes < cut
    at_the_cut = np.flatnonzero(sizes == cut)
    gone[at_the_cut[: count - np.count_nonzero(gone)]] = True
    return np.logical_not(gone).reshape(w.shape)


def global_prune(layers, sparsity):
    flat = [w.reshape(-1) for w in layers.values() if w.ndim != 1]
    keep = iter(magnitude_prune(np.concatenate(flat), sparsity)) if flat else iter(())
    masks = {}
    for name, w in layers.items():
        bits = np.ones(w.size, bool) if w.ndim == 1 else np.fromiter(keep, dtype=bool, count=w.size)
        masks[name] = bits.reshape(w.shape)
    return masks
