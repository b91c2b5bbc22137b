# fails: each_score_is_of_one_pruned_layer[nothing_is_restored], the_weights_are_put_back[weights_left_pruned], a_real_network_is_scanned_exactly
"""In place, without any copy."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    baseline = evaluate(weights)
    scores = {}
    for name, w in weights.items():
        if w.ndim > 1:
            scores[name] = []
            for sparsity in sparsities:
                w[...] = pruned(w, sparsity)
                scores[name].append(evaluate(weights))
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
