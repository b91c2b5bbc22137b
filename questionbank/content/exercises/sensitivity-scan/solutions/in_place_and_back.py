"""Works in the given arrays, as with a network that is too large for a copy, and puts every layer back."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    baseline = evaluate(weights)
    scores = {}
    for name, w in weights.items():
        if w.ndim == 1:
            continue
        before = w.copy()
        sizes = np.sort(np.abs(before), axis=None)
        scores[name] = []
        try:
            for sparsity in sparsities:
                count = round(w.size * sparsity)
                w[...] = before
                if count:
                    w[np.abs(before) <= sizes[count - 1]] = 0
                scores[name].append(evaluate(weights))
        finally:
            w[...] = before
    return baseline, scores


def largest_sparsities(baseline, scores, sparsities, loss):
    chosen = dict.fromkeys(scores, 0.0)
    for name, values in scores.items():
        for sparsity, value in zip(sparsities, values):
            if value < baseline - loss:
                break
            chosen[name] = sparsity
    return chosen
