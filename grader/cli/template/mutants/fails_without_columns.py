# fails: rows_without_columns_have_norm_zero
"""Starts from the first column."""

import numpy as np


def row_norms(w):
    norms = np.abs(w[:, 0])
    for j in range(1, w.shape[1]):
        norms = norms + np.abs(w[:, j])
    return norms
