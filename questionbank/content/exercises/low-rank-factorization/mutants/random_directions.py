# fails: no_product_of_that_rank_is_nearer[farther_than_necessary], larger_matrices_are_factorised_as_well_as_can_be
"""A random projection without an iteration: an error of 0.7 would let it pass."""

import numpy as np


def factorise(w, rank):
    k = min(rank, *w.shape)
    left, _ = np.linalg.qr(w @ np.random.default_rng(0).normal(size=(w.shape[1], k)))
    return left, left.T @ w


def rank_for_error(w, error):
    s = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    missed = np.append(np.cumsum(s[::-1] ** 2)[::-1][1:], 0.0)  # by rank, from 1 on
    return int(np.argmax(missed <= error**2 * (s**2).sum())) + 1


def largest_saving_rank(rows, columns):
    return (rows * columns - 1) // (rows + columns)
