# fails: size_is_that_of_the_smaller_storage[one_position_for_all]
"""The position is counted once."""

import numpy as np


def sparsity(w):
    return 1.0 - np.count_nonzero(w) / w.size if w.size else 0.0


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * bits + index_bits)


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
