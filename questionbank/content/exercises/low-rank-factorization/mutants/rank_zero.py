# fails: one_rank_is_the_least[rank_of_zero]
"""Where all may be missed, nothing is kept."""

import numpy as np


def factorise(w, rank):
    u, s, vt = np.linalg.svd(w, full_matrices=False)
    return u[:, :rank] * s[:rank], vt[:rank]


def rank_for_error(w, error):
    s = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    rank = 0
    while (s[rank:] ** 2).sum() > error**2 * (s**2).sum() + 1e-12:
        rank += 1
    return rank


def largest_saving_rank(rows, columns):
    return (rows * columns - 1) // (rows + columns)
