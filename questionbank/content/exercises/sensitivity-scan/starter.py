def sensitivity_scan(evaluate, weights, sparsities):
    """Return (baseline, scores): of the whole network, and by layer the score at each sparsity of that layer alone."""
    raise NotImplementedError


def largest_sparsities(baseline, scores, sparsities, loss):
    """Return by layer the greatest sparsity up to which no score lies below baseline - loss; 0.0 if there is none."""
    raise NotImplementedError
