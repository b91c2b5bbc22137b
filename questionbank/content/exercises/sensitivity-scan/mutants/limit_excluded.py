# fails: pruning_ends_before_it_first_costs_too_much[loss_excluded]
"""<= instead of <."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    baseline = evaluate(weights)
    scores = {}
    for name, w in weights.items():
        if w.ndim > 1:
            scores[name] = [evaluate({**weights, name: pruned(w, sparsity)}) for sparsity in sparsities]
    return baseline, scores


def pruned(w, sparsity):
    flat = w.flatten()
    flat[np.argsort(np.abs(flat), kind="stable")[: round(w.size * sparsity)]] = 0
    return flat.reshape(w.shape)


def largest_sparsities(baseline, scores, sparsities, loss):
    chosen = dict.fromkeys(scores, 0.0)
    for name, values in scores.items():
        for sparsity, value in zip(sparsities, values):
            if value <= baseline - loss:
                break
            chosen[name] = sparsity
    return chosen
