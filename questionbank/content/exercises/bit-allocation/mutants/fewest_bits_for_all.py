# fails: no_allocation_within_the_budget_loses_less[fewest_bits_for_all]
"""Fits every budget."""


def size_bits(sizes, bits):
    return sum(n * b for n, b in zip(sizes, bits))


def uniform_bits(sizes, budget_bits, choices):
    return max(b for b in choices if sum(sizes) * b <= budget_bits)


def assign_bits(sensitivity, sizes, budget_bits, choices):
    if size_bits(sizes, [choices[0]] * len(sizes)) > budget_bits:
        raise ValueError("too small")
    return [choices[0]] * len(sizes)
