# fails: no_allocation_within_the_budget_loses_less[largest_layers_first]
"""Greedy by size."""


def size_bits(sizes, bits):
    return sum(n * b for n, b in zip(sizes, bits))


def uniform_bits(sizes, budget_bits, choices):
    return max(b for b in choices if sum(sizes) * b <= budget_bits)


def assign_bits(sensitivity, sizes, budget_bits, choices):
    if size_bits(sizes, [choices[0]] * len(sizes)) > budget_bits:
        raise ValueError("too small")
    bits = [choices[0]] * len(sizes)
    for i in sorted(range(len(sizes)), key=lambda i: -sizes[i]):
        for b in choices:
            tried = bits[:i] + [b] + bits[i + 1 :]
            if size_bits(sizes, tried) <= budget_bits:
                bits = tried
    return bits
