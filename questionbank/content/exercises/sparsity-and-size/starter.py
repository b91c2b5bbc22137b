def sparsity(w):
    """Return the share of the weights that are zero, 0.0 ... 1.0; of an empty array 0.0."""
    raise NotImplementedError


def position_bits(n):
    """Return how many whole bits tell n positions apart (n >= 1)."""
    raise NotImplementedError


def size_bits(n, nnz, bits, index_bits):
    """Return the bits of a layer of n weights, nnz of them not zero, in the smaller of dense and sparse storage."""
    raise NotImplementedError


def break_even_sparsity(bits, index_bits):
    """Return the sparsity at which both kinds of storage take the same room."""
    raise NotImplementedError
