# fails: the_next_convolution_reads_what_is_left[next_layer_by_its_outputs], a_flattened_channel_is_a_run_of_inputs[next_layer_by_its_outputs]=carried, what_is_left_computes_what_the_masked_network_does
"""Axis 0 of both layers."""

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
    pruned["w2"] = w2[keep]
    return pruned
