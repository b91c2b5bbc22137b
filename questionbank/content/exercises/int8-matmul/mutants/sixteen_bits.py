# fails: the_product_is_exact[sums_wrap_at_sixteen_bits], long_sums_stay_exact[sums_wrap_at_sixteen_bits]
"""An accumulator of 16 bits."""

import numpy as np


def int8_matmul(x, w):
    return (x.astype(np.int16) @ w.astype(np.int16).T).astype(np.int32)
