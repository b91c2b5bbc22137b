# fails: the_product_is_exact[last_product_lost]
"""The last product is lost."""

import numpy as np


def int8_matmul(x, w):
    k = x.shape[1] - 1
    return (x[:, :k].astype(np.float64) @ w[:, :k].astype(np.float64).T).astype(np.int32)
