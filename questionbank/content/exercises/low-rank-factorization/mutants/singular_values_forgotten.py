# fails: no_product_of_that_rank_is_nearer[singular_values_forgotten], wide_and_tall_matrices_and_any_rank[singular_values_forgotten]=carried, larger_matrices_are_factorised_as_well_as_can_be
"""Directions only."""

import numpy as np


def factorise(w, rank):
    u, s, vt = np.linalg.svd(w, full_matrices=False)
    return u[:, :rank], vt[:rank]


def rank_for_error(w, error):
    s = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    missed = np.append(np.cumsum(s[::-1] ** 2)[::-1][1:], 0.0)  # by rank, from 1 on
    return int(np.argmax(missed <= error**2 * (s**2).sum())) + 1


def largest_saving_rank(rows, columns):
    return (rows * columns - 1) // (rows + columns)
