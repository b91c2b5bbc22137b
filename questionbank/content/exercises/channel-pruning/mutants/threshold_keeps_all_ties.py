# fails: ties_go_by_the_lowest_index[ties_all_kept]
"""The first importance that stays is the threshold."""

import numpy as np


def channel_norms(w):
    return np.abs(w).reshape(len(w), -1).sum(axis=1)


def channels_to_keep(importance, sparsity):
    ranked = np.sort(importance)
    count = round(len(ranked) * sparsity)
    if count == len(ranked):
        return np.arange(0)
    return np.flatnonzero(importance >= ranked[count])


def prune_channels(block, keep):
    out = len(block["b1"])
    pruned = {name: values[keep] for name, values in block.items() if name != "w2"}
    w2 = block["w2"]
    if w2.ndim == 2:
        pruned["w2"] = w2.reshape(len(w2), out, -1)[:, keep].reshape(len(w2), -1)
    else:
        pruned["w2"] = w2[:, keep]
    return pruned
