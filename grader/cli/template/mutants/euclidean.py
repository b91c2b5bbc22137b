# fails: each_row_is_added_up[squares_added], larger_layers_are_added_up
"""The other norm."""

import numpy as np


def row_norms(w):
    return np.sqrt((w.astype(np.float64) ** 2).sum(axis=1))
