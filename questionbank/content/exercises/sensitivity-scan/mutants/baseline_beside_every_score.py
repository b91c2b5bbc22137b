# fails: the_network_is_evaluated_only_as_often_as_needed[baseline_for_every_score], a_real_network_is_scanned_exactly
"""Looks at the whole network before each pruned one."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    baseline = None
    scores = {}
    for name, w in weights.items():
        if w.ndim > 1:
            scores[name] = [(baseline := evaluate(weights), evaluate({**weights, name: pruned(w, sparsity)}))[1] for sparsity in sparsities]
    if baseline is None:
        baseline = evaluate(weights)
    return baseline, scores


def pruned(w, sparsity):
    flat = w.flatten()
    flat[np.argsort(np.abs(flat), kind="stable")[: round(w.size * sparsity)]] = 0
    return flat.reshape(w.shape)


def largest_sparsities(baseline, scores, sparsities, loss):
    chosen = dict.fromkeys(scores, 0.0)
    for name, values in scores.items():
        for sparsity, value in zip(sparsities, values):
            if value < baseline - loss:
                break
            chosen[name] = sparsity
    return chosen
