# fails: the_weights_are_put_back[weights_left_pruned]
"""A layer is put back when the next one begins."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    baseline = evaluate(weights)
    scores, before = {}, {}
    for name, w in weights.items():
        if w.ndim > 1:
            weights.update(before)
            before = {name: w}
            scores[name] = []
            for sparsity in sparsities:
                weights[name] = pruned(w, sparsity)
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
