"""The product in float64, where sums of that many products are exact, by the library behind NumPy."""

import numpy as np


def int8_matmul(x, w):
    return (x.astype(np.float64) @ w.astype(np.float64).T).astype(np.int32)
