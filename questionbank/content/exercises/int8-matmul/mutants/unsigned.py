# fails: the_product_is_exact[read_without_sign]
"""uint8."""

import numpy as np


def int8_matmul(x, w):
    x, w = np.ascontiguousarray(x).view(np.uint8), np.ascontiguousarray(w).view(np.uint8)
    return (x.astype(np.float64) @ w.astype(np.float64).T).astype(np.int64).astype(np.int32)
