def min_max_range(batches):
    """Return (lo, hi): the least and the greatest value of all batches."""
    raise NotImplementedError


def moving_average_range(batches, momentum):
    """Return (lo, hi): the moving averages of each batch's least and greatest value."""
    raise NotImplementedError


def percentile_limit(batches, percent):
    """Return t: that percentile of the magnitudes of all values. The range is -t ... t."""
    raise NotImplementedError


def mse_limit(batches, bits, candidates):
    """Return the candidate t whose symmetric grid of `bits` bits gives the least mean squared error."""
    raise NotImplementedError
