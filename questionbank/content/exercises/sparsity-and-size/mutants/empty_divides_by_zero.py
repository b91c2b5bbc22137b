# fails: arrays_of_every_kind_are_measured
"""No weights: 0 / 0."""

import numpy as np


def sparsity(w):
    return 1.0 - np.count_nonzero(w) / np.float64(w.size)


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
