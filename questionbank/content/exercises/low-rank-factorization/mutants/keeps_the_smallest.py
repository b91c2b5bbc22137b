# fails: no_product_of_that_rank_is_nearer[smallest_values_kept], wide_and_tall_matrices_and_any_rank[smallest_values_kept]=carried, larger_matrices_are_factorised_as_well_as_can_be
"""Eigenvectors as eigh sorts them: upwards."""

import numpy as np


def factorise(w, rank):
    _, u = np.linalg.eigh(w.astype(np.float64) @ w.T.astype(np.float64))
    if w.shape[0] > w.shape[1]:
        u = u[:, w.shape[0] - w.shape[1] :]
    left = u[:, :rank]
    return left, left.T @ w


def rank_for_error(w, error):
    s = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    missed = np.append(np.cumsum(s[::-1] ** 2)[::-1][1:], 0.0)  # by rank, from 1 on
    return int(np.argmax(missed <= error**2 * (s**2).sum())) + 1


def largest_saving_rank(rows, columns):
    return (rows * columns - 1) // (rows + columns)
