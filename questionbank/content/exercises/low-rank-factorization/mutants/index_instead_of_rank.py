# fails: the_least_rank_that_keeps_the_error[one_rank_too_few], one_rank_is_the_least[rank_of_zero]
"""An index from 0."""

import numpy as np


def factorise(w, rank):
    u, s, vt = np.linalg.svd(w, full_matrices=False)
    return u[:, :rank] * s[:rank], vt[:rank]


def rank_for_error(w, error):
    s = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    missed = np.append(np.cumsum(s[::-1] ** 2)[::-1][1:], 0.0)  # by rank, from 1 on
    return int(np.argmax(missed <= error**2 * (s**2).sum()))


def largest_saving_rank(rows, columns):
    return (rows * columns - 1) // (rows + columns)
