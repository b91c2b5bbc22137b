# fails: the_product_is_exact[sums_wrap_at_eight_bits], long_sums_stay_exact
"""int8 @ int8."""

import numpy as np


def int8_matmul(x, w):
    return (x @ w.T).astype(np.int32)
