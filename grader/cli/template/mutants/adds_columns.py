# fails: each_row_is_added_up[columns_added], larger_layers_are_added_up
"""The wrong axis."""

import numpy as np


def row_norms(w):
    return np.abs(w).sum(axis=0)
