# fails: no_allocation_within_the_budget_loses_less[same_width_for_all]
"""Not mixed at all."""


def size_bits(sizes, bits):
    return sum(n * b for n, b in zip(sizes, bits))


def uniform_bits(sizes, budget_bits, choices):
    return max(b for b in choices if sum(sizes) * b <= budget_bits)


def assign_bits(sensitivity, sizes, budget_bits, choices):
    return [uniform_bits(sizes, budget_bits, choices)] * len(sizes)
