# fails: layer_and_normalisation_lose_the_same_channels[channels_of_keep_removed], the_next_convolution_reads_what_is_left[channels_of_keep_removed]=carried, a_flattened_channel_is_a_run_of_inputs[channels_of_keep_removed]=carried
"""keep read as the list of what goes."""

import numpy as np


def channel_norms(w):
    return np.abs(w).reshape(len(w), -1).sum(axis=1)


def channels_to_keep(importance, sparsity):
    order = np.argsort(importance, kind="stable")
    return np.sort(order[round(len(order) * sparsity) :])


def prune_channels(block, keep):
    out = len(block["b1"])
    keep = np.setdiff1d(np.arange(out), keep)
    pruned = {name: values[keep] for name, values in block.items() if name != "w2"}
    w2 = block["w2"]
    if w2.ndim == 2:
        pruned["w2"] = w2.reshape(len(w2), out, -1)[:, keep].reshape(len(w2), -1)
    else:
        pruned["w2"] = w2[:, keep]
    return pruned
