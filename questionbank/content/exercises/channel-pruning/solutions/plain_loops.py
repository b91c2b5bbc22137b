"""Channel by channel, in plain Python; numpy only puts the pieces together."""

import numpy as np


def channel_norms(w):
    return np.array([sum(abs(float(value)) for value in channel.flat) for channel in w], dtype=w.dtype)


def channels_to_keep(importance, sparsity):
    ranked = sorted(range(len(importance)), key=lambda c: (importance[c], c))
    gone = set(ranked[: round(len(ranked) * sparsity)])
    return np.array([c for c in range(len(importance)) if c not in gone], dtype=np.int64)


def prune_channels(block, keep):
    pruned = {}
    for name in ("w1", "b1", "gamma", "beta", "mean", "var"):
        pruned[name] = np.stack([block[name][c] for c in keep])
    w2 = block["w2"]
    places = w2.shape[1] // len(block["b1"])
    pieces = []
    for c in keep:
        for place in range(places):
            pieces.append(w2[:, c * places + place])
    pruned["w2"] = np.stack(pieces, axis=1)
    return pruned
