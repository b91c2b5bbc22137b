"""Weight by weight, in lists; a network that was evaluated already is not evaluated again."""

import numpy as np


def sensitivity_scan(evaluate, weights, sparsities):
    baseline = evaluate(weights)
    scores = {}
    for name in weights:
        if len(weights[name].shape) < 2:
            continue
        known = {0: baseline}
        scores[name] = []
        for sparsity in sparsities:
            count = round(weights[name].size * sparsity)
            if count not in known:
                network = {other: weights[other] for other in weights}
                network[name] = without_the_smallest(weights[name], count)
                known[count] = evaluate(network)
            scores[name].append(known[count])
    return baseline, scores


def without_the_smallest(w, count):
    values = [float(value) for value in w.flat]
    for _ in range(count):
        smallest = None
        for index, value in enumerate(values):
            if value != 0 and (smallest is None or abs(value) < abs(values[smallest])):
                smallest = index
        values[smallest] = 0.0
    return np.array(values, dtype=w.dtype).reshape(w.shape)


def largest_sparsities(baseline, scores, sparsities, loss):
    return {name: reached(baseline - loss, values, sparsities) for name, values in scores.items()}


def reached(limit, values, sparsities):
    if not values or values[0] < limit:
        return 0.0
    rest = reached(limit, values[1:], sparsities[1:])
    return rest if rest else sparsities[0]
