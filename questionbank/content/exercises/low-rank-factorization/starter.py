def factorise(w, rank):
    """Return (left, right), of shapes (rows, k) and (k, columns), whose product is as near to w as any of rank k."""
    raise NotImplementedError


def rank_for_error(w, error):
    """Return the least rank, 1 at least, that misses at most this share of the Frobenius norm of w."""
    raise NotImplementedError


def largest_saving_rank(rows, columns):
    """Return the greatest rank whose two factors have fewer parameters than the matrix; 0 where none has."""
    raise NotImplementedError
