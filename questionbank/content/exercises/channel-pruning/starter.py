def channel_norms(w):
    """Return one number for each output channel of w (axis 0): the sum of the magnitudes of its weights."""
    raise NotImplementedError


def channels_to_keep(importance, sparsity):
    """Return the indices, increasing, of the channels without the round(n * sparsity) least important ones."""
    raise NotImplementedError


def prune_channels(block, keep):
    """Return a new block of the same names that has only the channels `keep`, in that order."""
    raise NotImplementedError
