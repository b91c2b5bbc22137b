def size_bits(sizes, bits):
    """Return how many bits the weights of all layers take together."""
    raise NotImplementedError


def uniform_bits(sizes, budget_bits, choices):
    """Return the largest bit width that fits the budget when all layers have the same. ValueError: none does."""
    raise NotImplementedError


def assign_bits(sensitivity, sizes, budget_bits, choices):
    """Return one bit width for each layer: of those within the budget, one of least total loss. ValueError: none is."""
    raise NotImplementedError
