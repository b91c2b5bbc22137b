# fails: long_sums_stay_exact[rounded_in_float32]
"""The whole sum in float32."""

import numpy as np


def int8_matmul(x, w):
    return (x.astype(np.float32) @ w.astype(np.float32).T).astype(np.int32)
