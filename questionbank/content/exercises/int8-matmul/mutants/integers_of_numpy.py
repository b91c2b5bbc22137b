# fails: the_product_is_fast<0.3
"""Right, and without a fast library: NumPy has none for integers."""

import numpy as np


def int8_matmul(x, w):
    return x.astype(np.int32) @ w.astype(np.int32).T
