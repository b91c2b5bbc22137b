"""Eigenvectors of the smaller Gram matrix; the other factor is what of w lies in their directions."""

import numpy as np


def factorise(w, rank):
    w = np.asarray(w, dtype=np.float64)
    if w.shape[0] > w.shape[1]:
        left, right = factorise(w.T, rank)
        return right.T, left.T
    _, vectors = np.linalg.eigh(w @ w.T)  # increasing
    left = vectors[:, ::-1][:, :rank]
    return left, left.T @ w


def rank_for_error(w, error):
    w = np.asarray(w, dtype=np.float64)
    gram = w @ w.T if w.shape[0] <= w.shape[1] else w.T @ w
    squares = np.clip(np.linalg.eigvalsh(gram)[::-1], 0.0, None)
    missed = squares.sum() - np.cumsum(squares)  # by rank, from 1 on
    return int(np.argmax(missed <= error**2 * squares.sum())) + 1 if squares.sum() else 1


def largest_saving_rank(rows, columns):
    rank = 0
    while (rank + 1) * (rows + columns) < rows * columns:
        rank += 1
    return rank
