"""Every pruned network is a new dict: nothing has to be put back."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    baseline = evaluate(weights)
    scores = {
        name: [evaluate({**weights, name: pruned(w, sparsity)}) for sparsity in sparsities]
        for name, w in weights.items()
        if w.ndim > 1
    }
    return baseline, scores


def pruned(w, sparsity):
    flat = w.flatten()
    flat[np.argsort(np.abs(flat), kind="stable")[: round(w.size * sparsity)]] = 0
    return flat.reshape(w.shape)


def largest_sparsities(baseline, scores, sparsities, loss):
    chosen = {}
    for name, values in scores.items():
        good = np.logical_and.accumulate([value >= baseline - loss for value in values])
        chosen[name] = sparsities[int(good.sum()) - 1] if np.any(good) else 0.0
    return chosen
