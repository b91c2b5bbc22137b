def sparsity_of(w):
    """Return the share of the weights that are zero, 0.0 ... 1.0."""
    raise NotImplementedError


def threshold_prune(w, threshold):
    """Return a boolean mask in the shape of w: True where the magnitude is at least the threshold."""
    raise NotImplementedError


def magnitude_prune(w, sparsity):
    """Return a boolean mask in the shape of w: False for the round(w.size * sparsity) weights of least magnitude."""
    raise NotImplementedError


def global_prune(layers, sparsity):
    """Return a dict of masks, name -> mask: one ranking over the weights of all layers; biases are kept whole."""
    raise NotImplementedError
