# fails: the_product_is_exact[only_the_last_product]
"""= instead of +=."""

import numpy as np


def int8_matmul(x, w):
    y = np.zeros((len(x), len(w)), np.int32)
    for t in range(x.shape[1]):
        y = np.multiply.outer(x[:, t].astype(np.int32), w[:, t].astype(np.int32))
    return y
