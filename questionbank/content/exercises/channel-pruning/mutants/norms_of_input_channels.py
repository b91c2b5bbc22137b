# fails: importance_is_the_sum_of_magnitudes[norm_of_input_channels]
"""Sums over the outputs."""

import numpy as np


def channel_norms(w):
    return np.abs(np.moveaxis(w, 1, 0)).reshape(w.shape[1], -1).sum(axis=1)


def channels_to_keep(importance, sparsity):
    order = np.argsort(importance, kind="stable")
    return np.sort(order[round(len(order) * sparsity) :])


def prune_channels(block, keep):
    out = len(block["b1"])
    pruned = {name: values[keep] for name, values in block.items() if name != "w2"}
    w2 = block["w2"]
    if w2.ndim == 2:
        pruned["w2"] = w2.reshape(len(w2), out, -1)[:, keep].reshape(len(w2), -1)
    else:
        pruned["w2"] = w2[:, keep]
    return pruned
