def nm_prune(w, n, m, axis):
    """Return a boolean mask in the shape of w: of every m neighbours along the axis the n largest magnitudes stay."""
    raise NotImplementedError


def nm_compress(w, n, m):
    """Return what stays of each row, (rows, columns * n // m), and the places in the groups, 0 ... m - 1."""
    raise NotImplementedError


def nm_decompress(values, places, n, m):
    """Return the matrix that was compressed, with zeros for the weights that went."""
    raise NotImplementedError
