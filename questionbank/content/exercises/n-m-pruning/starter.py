def nm_prune(w, n, m, axis):
    """Return a boolean mask in the shape of w: of every m neighbours along the axis the n of greatest magnitude stay."""
    raise NotImplementedError


def nm_compress(w, n, m):
    """Return the values that stay in each row of w, (rows, columns * n // m), and their places in their groups, 0 ... m - 1."""
    raise NotImplementedError


def nm_decompress(values, places, n, m):
    """Return the matrix that was compressed, with zeros for the weights that went."""
    raise NotImplementedError
