# fails: negative_zero_is_zero_and_nan_is_not[nan_counted_as_zero]
"""Counts what is greater than zero."""

import numpy as np


def sparsity(w):
    if not w.size:
        return 0.0
    return 1.0 - float((np.abs(w) > 0).mean())


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
