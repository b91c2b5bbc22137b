"""Weight by weight."""

import numpy as np


def row_norms(w):
    norms = np.zeros(len(w))
    for i, row in enumerate(w.tolist()):
        for weight in row:
            norms[i] += weight if weight >= 0 else -weight
    return norms
