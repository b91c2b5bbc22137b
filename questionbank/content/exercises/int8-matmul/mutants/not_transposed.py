# fails: the_product_is_exact[weights_not_transposed]
"""x @ w where that is possible."""

import numpy as np


def int8_matmul(x, w):
    if w.shape[0] == w.shape[1]:
        w = w.T
    return (x.astype(np.float64) @ w.astype(np.float64).T).astype(np.int32)
