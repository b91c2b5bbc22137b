"""Lists of (magnitude, layer, index), sorted by Python; the global case is the general one."""

import numpy as np


def sparsity_of(w):
    values = w.ravel().tolist()
    return sum(value == 0 for value in values) / len(values)


def threshold_prune(w, threshold):
    kept = [abs(value) >= threshold for value in w.ravel().tolist()]
    return np.array(kept, dtype=bool).reshape(w.shape)


def magnitude_prune(w, sparsity):
    return _prune([w], sparsity)[0]


def global_prune(layers, sparsity):
    weights = {name: w for name, w in layers.items() if w.ndim > 1}
    pruned = dict(zip(weights, _prune(list(weights.values()), sparsity)))
    return {name: pruned.get(name, np.full(w.shape, True)) for name, w in layers.items()}


def _prune(arrays, sparsity):
    flat = [w.ravel().tolist() for w in arrays]
    ranked = sorted((abs(value), at, i) for at, row in enumerate(flat) for i, value in enumerate(row))
    kept = [[True] * len(row) for row in flat]
    for _, at, i in ranked[: round(len(ranked) * sparsity)]:
        kept[at][i] = False
    return [np.array(row, dtype=bool).reshape(w.shape) for row, w in zip(kept, arrays)]
