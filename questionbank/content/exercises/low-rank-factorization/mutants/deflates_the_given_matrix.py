# fails: the_given_matrix_is_not_changed[input_changed]
"""Takes every direction out of the matrix that it was given."""

import numpy as np


def factorise(w, rank):
    lefts, rights = [], []
    for _ in range(min(rank, *w.shape)):
        u, s, vt = np.linalg.svd(w, full_matrices=False)
        lefts.append(u[:, 0] * s[0])
        rights.append(vt[0])
        w -= np.outer(lefts[-1], rights[-1])
    return np.stack(lefts, axis=1), np.stack(rights)


def rank_for_error(w, error):
    s = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    missed = np.append(np.cumsum(s[::-1] ** 2)[::-1][1:], 0.0)  # by rank, from 1 on
    return int(np.argmax(missed <= error**2 * (s**2).sum())) + 1


def largest_saving_rank(rows, columns):
    return (rows * columns - 1) // (rows + columns)
