# fails: the_next_convolution_reads_what_is_left[order_of_keep_lost], a_flattened_channel_is_a_run_of_inputs[order_of_keep_lost]=carried, what_is_left_computes_what_the_masked_network_does
"""The layer follows keep, the next one a mask."""

import numpy as np


def channel_norms(w):
    return np.abs(w).reshape(len(w), -1).sum(axis=1)


def channels_to_keep(importance, sparsity):
    order = np.argsort(importance, kind="stable")
    return np.sort(order[round(len(order) * sparsity) :])


def prune_channels(block, keep):
    out = len(block["b1"])
    pruned = {name: values[keep] for name, values in block.items() if name != "w2"}
    w2 = block["w2"]
    keep = np.sort(keep)
    if w2.ndim == 2:
        pruned["w2"] = w2.reshape(len(w2), out, -1)[:, keep].reshape(len(w2), -1)
    else:
        pruned["w2"] = w2[:, keep]
    return pruned
