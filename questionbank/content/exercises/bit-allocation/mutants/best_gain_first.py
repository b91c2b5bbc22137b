# fails: no_allocation_within_the_budget_loses_less[best_gain_first], deep_networks_lose_least_in_time
"""Greedy by the gain of each step."""


def size_bits(sizes, bits):
    return sum(n * b for n, b in zip(sizes, bits))


def uniform_bits(sizes, budget_bits, choices):
    return max(b for b in choices if sum(sizes) * b <= budget_bits)


def assign_bits(sensitivity, sizes, budget_bits, choices):
    if size_bits(sizes, [choices[0]] * len(sizes)) > budget_bits:
        raise ValueError("too small")
    at = [0] * len(sizes)
    while True:
        best = None
        for i in range(len(sizes)):
            tried = at[:i] + [at[i] + 1] + at[i + 1 :]
            if tried[i] < len(choices) and size_bits(sizes, [choices[j] for j in tried]) <= budget_bits:
                more = (sizes[i] or 1e-9) * (choices[tried[i]] - choices[at[i]])
                gain = (sensitivity[i, at[i]] - sensitivity[i, tried[i]]) / more
                if best is None or gain > best[0]:
                    best = gain, tried
        if best is None:
            return [choices[j] for j in at]
        at = best[1]
