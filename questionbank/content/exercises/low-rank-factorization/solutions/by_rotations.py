"""One-sided Jacobi: plain rotations of pairs of columns until all are orthogonal; their lengths are the singular values."""

from math import hypot, sqrt

import numpy as np


def orthogonal_columns(w):
    """a = w v with columns of a orthogonal and v a rotation, columns by falling length."""
    a = np.array(w, dtype=np.float64)
    columns = a.shape[1]
    v = np.eye(columns)
    for _ in range(30):
        largest = 0.0
        for p in range(columns - 1):
            for q in range(p + 1, columns):
                alpha, beta, gamma = a[:, p] @ a[:, p], a[:, q] @ a[:, q], a[:, p] @ a[:, q]
                if abs(gamma) <= 1e-13 * sqrt(alpha * beta) or gamma == 0.0:
                    continue
                largest = 1.0
                zeta = (beta - alpha) / (2 * gamma)
                t = (1.0 if zeta >= 0 else -1.0) / (abs(zeta) + hypot(1.0, zeta))
                c = 1.0 / hypot(1.0, t)
                rotation = np.array([[c, c * t], [-c * t, c]])
                a[:, [p, q]] = a[:, [p, q]] @ rotation
                v[:, [p, q]] = v[:, [p, q]] @ rotation
        if not largest:
            break
    order = np.argsort(-(a**2).sum(axis=0), kind="stable")
    return a[:, order], v[:, order]


def factorise(w, rank):
    if w.shape[1] > w.shape[0]:
        left, right = factorise(w.T, rank)
        return right.T, left.T
    a, v = orthogonal_columns(w)
    return a[:, :rank], v[:, :rank].T


def rank_for_error(w, error):
    a, _ = orthogonal_columns(w if w.shape[1] <= w.shape[0] else w.T)
    squares = [float(column @ column) for column in a.T]
    limit = error**2 * sum(squares)
    for rank in range(1, len(squares) + 1):
        if sum(squares[rank:]) <= limit:
            return rank
    return len(squares)


def largest_saving_rank(rows, columns):
    best = rows * columns / (rows + columns)
    return int(best) - 1 if best == int(best) else int(best)
