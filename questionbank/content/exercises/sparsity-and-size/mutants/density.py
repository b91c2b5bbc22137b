# fails: sparsity_is_the_share_of_zeros[density_returned], negative_zero_is_zero_and_nan_is_not[density_returned]=carried, arrays_of_every_kind_are_measured[density_returned]=carried
"""The share that is left."""

import numpy as np


def sparsity(w):
    if not w.size:
        return 0.0
    return np.count_nonzero(w) / w.size


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
