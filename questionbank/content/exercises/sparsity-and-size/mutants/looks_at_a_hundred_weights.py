# fails: pruned_layers_are_measured_from_end_to_end
"""A sample instead of all weights."""

import numpy as np


def sparsity(w):
    sample = w.ravel()[:100]
    return 1.0 - np.count_nonzero(sample) / sample.size if w.size else 0.0


def position_bits(n):
    return (n - 1).bit_length()


def size_bits(n, nnz, bits, index_bits):
    return min(n * bits, nnz * (bits + index_bits))


def break_even_sparsity(bits, index_bits):
    return index_bits / (bits + index_bits)
