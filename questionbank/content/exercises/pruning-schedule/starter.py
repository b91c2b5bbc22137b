def sparsity_at(t, s_i, s_f, t0, n, dt):
    """Return the sparsity at training step t: s_i up to t0, s_f from t0 + n * dt on, a cubic between."""
    raise NotImplementedError


def pruning_steps(t0, n, dt):
    """Return the training steps at which weights are removed, from t0 to t0 + n * dt, as a list."""
    raise NotImplementedError


def weights_to_remove(size, s_i, s_f, n):
    """Return how many weights of a layer of `size` go at each of these pruning steps, beside those already gone."""
    raise NotImplementedError


def rounds_to_reach(sparsity, share):
    """Return how many rounds reach the sparsity, if each removes this share of the weights that are left."""
    raise NotImplementedError
