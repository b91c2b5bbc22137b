# fails: sizes_of_real_networks_do_not_overflow[overflow_of_32_bits]
"""Overflows from 2^31 bits on."""

import numpy as np


def sparsity(w):
    return 1.0 - np.count_nonzero(w) / w.size if w.size else 0.0


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    counts = np.array([n, nnz], dtype=np.int32)
    widths = np.array([bits, bits + index_bits], dtype=np.int32)
    return int((counts * widths).min())


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
