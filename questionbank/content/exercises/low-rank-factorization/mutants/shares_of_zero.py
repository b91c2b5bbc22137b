# fails: one_rank_is_the_least
"""A share of the norm of zeros."""

import numpy as np


def factorise(w, rank):
    u, s, vt = np.linalg.svd(w, full_matrices=False)
    return u[:, :rank] * s[:rank], vt[:rank]


def rank_for_error(w, error):
    s = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    for rank in range(1, len(s) + 1):
        if (s[rank:] ** 2).sum() / (s**2).sum() <= error**2:
            return rank


def largest_saving_rank(rows, columns):
    return (rows * columns - 1) // (rows + columns)
