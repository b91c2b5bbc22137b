# fails: size_is_that_of_the_smaller_storage[positions_forgotten], sizes_of_real_networks_do_not_overflow[positions_forgotten]=carried
"""Values only."""

import numpy as np


def sparsity(w):
    return 1.0 - np.count_nonzero(w) / w.size if w.size else 0.0


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return nnz * bits


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
