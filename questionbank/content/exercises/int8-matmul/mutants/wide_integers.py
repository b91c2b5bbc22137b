# fails: the_result_is_int32_also_without_terms, the_product_is_fast
"""int64."""

import numpy as np


def int8_matmul(x, w):
    return (x.astype(np.float64) @ w.astype(np.float64).T).astype(np.int64)
