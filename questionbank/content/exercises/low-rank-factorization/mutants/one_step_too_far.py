# fails: factors_are_smaller_than_the_matrix[first_rank_that_saves_nothing]
"""Counts up to the first rank that saves nothing."""

import numpy as np


def factorise(w, rank):
    u, s, vt = np.linalg.svd(w, full_matrices=False)
    return u[:, :rank] * s[:rank], vt[:rank]


def rank_for_error(w, error):
    s = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    missed = np.append(np.cumsum(s[::-1] ** 2)[::-1][1:], 0.0)  # by rank, from 1 on
    return int(np.argmax(missed <= error**2 * (s**2).sum())) + 1


def largest_saving_rank(rows, columns):
    rank = 1
    while rank * (rows + columns) < rows * columns:
        rank += 1
    return rank
