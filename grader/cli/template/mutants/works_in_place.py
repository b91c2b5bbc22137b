# fails: the_weights_are_not_changed
"""Overwrites the weights with what it adds up."""

import numpy as np


def row_norms(w):
    np.abs(w, out=w)
    norms = w.sum(axis=1)
    w += 1
    return norms
