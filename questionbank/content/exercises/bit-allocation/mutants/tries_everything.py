# fails: deep_networks_lose_least_in_time
"""Every combination: too many for sixteen layers."""
import itertools


def size_bits(sizes, bits):
    return sum(n * b for n, b in zip(sizes, bits))


def uniform_bits(sizes, budget_bits, choices):
    return max(b for b in choices if sum(sizes) * b <= budget_bits)


def assign_bits(sensitivity, sizes, budget_bits, choices):
    best = None
    for bits in itertools.product(choices, repeat=len(sizes)):
        if size_bits(sizes, bits) <= budget_bits:
            loss = sum(float(row[choices.index(b)]) for row, b in zip(sensitivity, bits))
            if best is None or loss < best[0]:
                best = loss, list(bits)
    if best is None:
        raise ValueError("too small")
    return best[1]
