"""numpy's singular value decomposition; each factor takes the root of the singular values."""

import numpy as np


def factorise(w, rank):
    u, s, vt = np.linalg.svd(w, full_matrices=False)
    roots = np.sqrt(s[:rank])
    return u[:, :rank] * roots, roots[:, None] * vt[:rank]


def rank_for_error(w, error):
    squares = np.linalg.svd(np.asarray(w, dtype=np.float64), compute_uv=False) ** 2
    total = squares.sum()
    rank, missed = 1, total - squares[0]
    while missed > error**2 * total and rank < len(squares):
        missed -= squares[rank]
        rank += 1
    return rank


def largest_saving_rank(rows, columns):
    return (rows * columns - 1) // (rows + columns)
