# fails: negative_zero_is_zero_and_nan_is_not[negative_zero_not_counted]
"""Compares texts: -0.0 is not 0.0 there."""

import numpy as np


def sparsity(w):
    if not w.size:
        return 0.0
    return sum(str(float(x)) == "0.0" for x in w.ravel()) / w.size


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
