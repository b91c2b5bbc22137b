"""A mean of truth values, a logarithm, formats by name, exact fractions."""

import math
from fractions import Fraction

import numpy as np


def sparsity(w):
    return float(np.mean(np.equal(w, 0))) if w.size else 0.0


def position_bits(n):
    return math.ceil(math.log2(n))


def size_bits(n, nnz, bits, index_bits):
    formats = {"dense": n * bits, "sparse": nnz * bits + nnz * index_bits}
    return sorted(formats.values())[0]


def break_even_sparsity(bits, index_bits):
    dense_bit, sparse_bits = Fraction(bits), Fraction(bits + index_bits)
    return float((sparse_bits - dense_bit) / sparse_bits)
