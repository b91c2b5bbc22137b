# fails: layer_and_normalisation_lose_the_same_channels[zeroed_instead_of_removed], the_next_convolution_reads_what_is_left[zeroed_instead_of_removed]=carried, a_flattened_channel_is_a_run_of_inputs[zeroed_instead_of_removed]=carried, what_is_left_computes_what_the_masked_network_does
"""A mask over arrays that stay as large."""

import numpy as np


def channel_norms(w):
    return np.abs(w).reshape(len(w), -1).sum(axis=1)


def channels_to_keep(importance, sparsity):
    order = np.argsort(importance, kind="stable")
    return np.sort(order[round(len(order) * sparsity) :])


def prune_channels(block, keep):
    out = len(block["b1"])
    stays = np.isin(np.arange(out), keep)
    pruned = {name: np.moveaxis(np.moveaxis(values, 0, -1) * stays, -1, 0).astype(values.dtype) for name, values in block.items() if name != "w2"}
    w2 = block["w2"]
    runs = w2.reshape(len(w2), out, -1) * stays[None, :, None]
    pruned["w2"] = runs.reshape(w2.shape).astype(w2.dtype)
    return pruned
