"""Plain Python: the weights of the network in one sorted list, taken away one after the other."""

import numpy as np


def global_prune(layers, sparsity):
    return prune_with_floor(layers, sparsity, 0)


def sparsities(masks):
    shares, gone, all_of_them = {}, 0, 0
    for name, mask in masks.items():
        values = mask.ravel().tolist()
        missing = values.count(False)
        shares[name] = missing / len(values) if values else 0.0
        gone += missing
        all_of_them += len(values)
    return shares, gone / all_of_them if all_of_them else 0.0


def prune_with_floor(layers, sparsity, floor):
    masks = {name: np.full(w.shape, True) for name, w in layers.items()}
    weights = {name: w for name, w in layers.items() if w.ndim > 1}
    left = {name: w.size for name, w in weights.items()}
    to_go = round(sparsity * sum(left.values()))
    ranked = sorted(
        (abs(value), at, i, name)
        for at, (name, w) in enumerate(weights.items())
        for i, value in enumerate(w.ravel().tolist())
    )
    for _, _, i, name in ranked:
        if to_go and left[name] > floor:
            masks[name].flat[i] = False
            left[name] -= 1
            to_go -= 1
    return masks
