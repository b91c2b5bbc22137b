# fails: the_network_is_evaluated_only_as_often_as_needed[baseline_once_more_at_the_end], a_real_network_is_scanned_exactly
"""Makes sure that all is as before."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    baseline = evaluate(weights)
    scores = {}
    for name, w in weights.items():
        if w.ndim > 1:
            before = w.copy()
            scores[name] = []
            for sparsity in sparsities:
                w[...] = pruned(before, sparsity)
                scores[name].append(evaluate(weights))
            w[...] = before
    assert evaluate(weights) == baseline
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
