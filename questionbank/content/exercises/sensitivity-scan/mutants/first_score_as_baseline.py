# fails: the_baseline_is_the_score_of_the_whole_network[baseline_of_a_pruned_network], nothing_to_scan_is_no_error
"""The whole network is never evaluated: the first score has to do."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    scores = {}
    for name, w in weights.items():
        if w.ndim > 1:
            scores[name] = [evaluate({**weights, name: pruned(w, sparsity)}) for sparsity in sparsities]
    return next(iter(scores.values()))[0], scores


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
