# fails: the_result_is_int32_also_without_terms[memory_not_cleared]
"""np.empty, and the first product starts the sum."""

import numpy as np


def int8_matmul(x, w):
    y = np.ones((len(x), len(w)), np.int32)
    if x.shape[1]:
        y[:] = x.astype(np.float64) @ w.astype(np.float64).T
    return y
