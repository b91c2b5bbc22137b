# fails: sparsity_is_the_share_of_zeros[zeros_not_divided]
"""A count, not a share."""

import numpy as np


def sparsity(w):
    if not w.size:
        return 0.0
    return int((w == 0).sum())


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
