# fails: positions_take_whole_bits[noise_of_the_logarithm]
"""math.log(n, 2) divides two rounded logarithms."""

from math import ceil, log
import numpy as np


def sparsity(w):
    return 1.0 - np.count_nonzero(w) / w.size if w.size else 0.0


def position_bits(n):
    return ceil(log(n, 2))


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
