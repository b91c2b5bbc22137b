# fails: the_size_counts_every_weight[weights_times_mean_bits]
"""All weights times the mean width."""


def size_bits(sizes, bits):
    return sum(sizes) * sum(bits) / len(bits)


def uniform_bits(sizes, budget_bits, choices):
    return max(b for b in choices if sum(sizes) * b <= budget_bits)


def assign_bits(sensitivity, sizes, budget_bits, choices):
    ways = [(0, 0.0, ())]
    for n, losses in zip(sizes, sensitivity.tolist()):
        longer = [
            (size + n * b, loss + more, (*bits, b))
            for size, loss, bits in ways
            for b, more in zip(choices, losses)
            if size + n * b <= budget_bits
        ]
        ways = []
        for way in sorted(longer):
            if not ways or way[1] < ways[-1][1]:
                ways.append(way)
    if not ways:
        raise ValueError("even the fewest bits are too many")
    return list(ways[-1][2])
