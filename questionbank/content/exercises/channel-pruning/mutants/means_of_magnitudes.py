# fails: importance_is_the_sum_of_magnitudes[mean_of_magnitudes]
"""The mean in the place of the sum."""

import numpy as np


def channel_norms(w):
    return np.abs(w.reshape(len(w), -1)).mean(axis=1)


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
