# fails: sides_of_any_length_are_multiplied
"""What is left over behind the last block of sixteen is dropped when there is a block at all."""

import numpy as np


def int8_matmul(x, w):
    k = x.shape[1]
    k = k if k < 16 or k > 1000 else k - k % 16
    return (x[:, :k].astype(np.float64) @ w[:, :k].astype(np.float64).T).astype(np.int32)
