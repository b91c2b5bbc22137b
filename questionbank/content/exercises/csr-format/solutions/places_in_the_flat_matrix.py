"""Places in the flattened matrix, divided by its width; starts by binary search; sums scattered to their rows."""

import numpy as np


def to_csr(dense):
    height, width = dense.shape
    flat = np.ascontiguousarray(dense).reshape(-1)
    places = np.flatnonzero(flat)
    starts = np.searchsorted(places, np.arange(height + 1) * width)
    return starts.astype("i4"), (places % max(width, 1)).astype("i4"), flat[places]


def csr_matvec(indptr, indices, data, x):
    y = np.zeros(indptr.size - 1, dtype=x.dtype)
    rows = np.searchsorted(indptr, np.arange(data.size), side="right") - 1
    np.add.at(y, rows, data * x[indices])
    return y


def csr_bits(rows, nonzeros, value_bits, index_bits):
    return sum([value_bits] * nonzeros) + index_bits * (nonzeros + rows + 1)


def break_even_sparsity(rows, columns, value_bits, index_bits):
    """Where both straight lines, sizes by sparsity, cross."""
    empty, full = ((rows + 1) * index_bits + n * (value_bits + index_bits) for n in (0, rows * columns))
    return (full - rows * columns * value_bits) / (full - empty)
