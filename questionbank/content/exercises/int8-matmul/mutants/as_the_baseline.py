# fails: the_product_is_fast
"""The baseline itself: partial credit."""

import numpy as np


def int8_matmul(x, w):
    return (x.astype(np.float64) @ w.astype(np.float64).T).astype(np.int32)
