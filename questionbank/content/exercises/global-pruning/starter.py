def global_prune(layers, sparsity):
    """Return a dict of masks, name -> mask: False for the weights of least magnitude in the whole network."""
    raise NotImplementedError


def sparsities(masks):
    """Return the share of False in every mask, as a dict by name, and in all masks together."""
    raise NotImplementedError


def prune_with_floor(layers, sparsity, floor):
    """As global_prune, but in every layer the `floor` weights of largest magnitude stay whatever the others are."""
    raise NotImplementedError
