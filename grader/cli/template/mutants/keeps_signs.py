# fails: each_row_is_added_up[signs_kept], larger_layers_are_added_up
"""Forgets the magnitude."""

import numpy as np


def row_norms(w):
    return np.asarray(w).sum(axis=1)
