# fails: positions_take_whole_bits[bits_in_whole_bytes]
"""As int8, int16, ... would take."""

import numpy as np


def sparsity(w):
    return 1.0 - np.count_nonzero(w) / w.size if w.size else 0.0


def position_bits(n):
    return -(-(n - 1).bit_length() // 8) * 8


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
