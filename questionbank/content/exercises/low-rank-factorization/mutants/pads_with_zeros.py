# fails: wide_and_tall_matrices_and_any_rank[rank_beyond_the_sides]
"""As many columns as the rank asks for."""

import numpy as np


def factorise(w, rank):
    u, s, vt = np.linalg.svd(w, full_matrices=False)
    left, right = np.zeros((w.shape[0], rank)), np.zeros((rank, w.shape[1]))
    left[:, : len(s)] = (u * s)[:, :rank]
    right[: len(s)] = vt[:rank]
    return left, right


def rank_for_error(w, error):
    s = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    missed = np.append(np.cumsum(s[::-1] ** 2)[::-1][1:], 0.0)  # by rank, from 1 on
    return int(np.argmax(missed <= error**2 * (s**2).sum())) + 1


def largest_saving_rank(rows, columns):
    return (rows * columns - 1) // (rows + columns)
