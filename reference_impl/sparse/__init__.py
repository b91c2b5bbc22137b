"""Storage of matrices in which most entries are zero."""
