# fails: the_budget_is_kept[not_a_choice]
"""Each layer gets its share of the budget, whatever the choices."""


def size_bits(sizes, bits):
    return sum(n * b for n, b in zip(sizes, bits))


def uniform_bits(sizes, budget_bits, choices):
    return max(b for b in choices if sum(sizes) * b <= budget_bits)


def assign_bits(sensitivity, sizes, budget_bits, choices):
    if size_bits(sizes, [choices[0]] * len(sizes)) > budget_bits:
        raise ValueError("too small")
    return [budget_bits // sum(sizes)] * len(sizes)
