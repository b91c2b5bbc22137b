"""A matrix of ones and zeros selects the channels, by products from both sides."""

import numpy as np


def channel_norms(w):
    sizes = np.abs(w).reshape(len(w), -1)
    return sizes @ np.ones(sizes.shape[1], w.dtype)


def channels_to_keep(importance, sparsity):
    """A channel goes when fewer than k come before it, by importance and then by index."""
    place = np.arange(len(importance))
    before = importance[None, :] < importance[:, None]
    before |= (importance[None, :] == importance[:, None]) & (place[None, :] < place[:, None])
    return np.flatnonzero(before.sum(axis=1) >= round(len(importance) * sparsity))


def prune_channels(block, keep):
    dtype = block["w1"].dtype
    selects = np.zeros((len(keep), len(block["b1"])), dtype)
    selects[np.arange(len(keep)), keep] = 1
    pruned = {name: np.tensordot(selects, block[name], axes=1) for name in block if name != "w2"}
    w2 = block["w2"]
    if w2.ndim == 2:
        places = w2.shape[1] // len(block["b1"])
        pruned["w2"] = w2 @ np.kron(selects, np.eye(places, dtype=dtype)).T
    else:
        pruned["w2"] = np.moveaxis(np.tensordot(selects, w2, axes=(1, 1)), 0, 1)
    return pruned
