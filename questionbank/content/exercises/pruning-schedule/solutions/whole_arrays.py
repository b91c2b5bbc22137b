"""Clipped progress, differences of rounded totals, and a logarithm."""

import numpy as np


def sparsity_at(t, s_i, s_f, t0, n, dt):
    progress = np.clip((t - t0) / (n * dt), 0.0, 1.0)
    return float(s_f + (s_i - s_f) * (1.0 - progress) ** 3)


def pruning_steps(t0, n, dt):
    return np.arange(t0, t0 + n * dt + 1, dt).tolist()


def weights_to_remove(size, s_i, s_f, n):
    shares = s_f + (s_i - s_f) * np.linspace(1.0, 0.0, n + 1) ** 3
    totals = np.rint(size * shares).astype(int)
    return np.diff(totals, prepend=0).tolist()


def rounds_to_reach(sparsity, share):
    if sparsity == 0:
        return 0
    if share == 1:
        return 1
    return int(np.ceil(np.log1p(-sparsity) / np.log1p(-share)))
