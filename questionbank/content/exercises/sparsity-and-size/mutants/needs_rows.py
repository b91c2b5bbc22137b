# fails: arrays_of_every_kind_are_measured
"""Counts row by row."""

import numpy as np


def sparsity(w):
    return sum(int((row == 0).sum()) for row in w) / max(w.size, 1)


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
