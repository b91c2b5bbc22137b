# fails: the_product_is_exact[transposed_result]
"""w times x."""

import numpy as np


def int8_matmul(x, w):
    return (w.astype(np.float64) @ x.astype(np.float64).T).astype(np.int32)
