# fails: sparsity_is_the_share_of_zeros[small_weights_counted]
"""np.isclose has a tolerance."""

import numpy as np


def sparsity(w):
    if not w.size:
        return 0.0
    return float(np.isclose(w, 0, atol=1e-4).mean())


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
