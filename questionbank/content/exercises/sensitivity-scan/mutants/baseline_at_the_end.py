# fails: the_baseline_is_the_score_of_the_whole_network[baseline_after_the_scan], the_weights_are_put_back[weights_left_pruned]
"""Measured on what nothing was put back into."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    scores = {}
    for name, w in weights.items():
        if w.ndim > 1:
            before = w.copy()
            scores[name] = []
            for sparsity in sparsities:
                w[...] = pruned(w, sparsity)
                scores[name].append(evaluate(weights))
    return evaluate(weights), scores


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
