# fails: the_product_is_exact[products_wrap_at_eight_bits]
"""Wide sums of narrow products."""

import numpy as np


def int8_matmul(x, w):
    y = np.zeros((len(x), len(w)), np.int32)
    for j in range(len(w)):
        y[:, j] = (x * w[j]).sum(axis=1, dtype=np.int32)
    return y
