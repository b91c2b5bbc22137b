# fails: each_row_is_added_up[everything_added], larger_layers_are_added_up
"""Forgets the axis."""

import numpy as np


def row_norms(w):
    return np.abs(w).sum()
