def row_norms(w):
    """Return the sum of the magnitudes of each row of the matrix w."""
    raise NotImplementedError
