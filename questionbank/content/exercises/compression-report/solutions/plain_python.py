"""Counter, sorted lists and a length for every symbol, as in the exercise on Huffman coding."""

import math
from collections import Counter


def huffman_bits(symbols):
    counts = Counter(symbols.tolist())
    groups = [(count, [symbol]) for symbol, count in counts.items()]
    lengths = dict.fromkeys(counts, 1 if len(counts) == 1 else 0)
    while len(groups) > 1:
        groups.sort(key=lambda group: group[0])
        (a, left), (b, right), *groups = groups
        for symbol in left + right:
            lengths[symbol] += 1
        groups.append((a + b, left + right))
    return sum(counts[symbol] * lengths[symbol] for symbol in counts)


def in_bytes(bits):
    return math.ceil(bits / 8)


def layer_report(size, codes, values, gap_bits, weight_bits):
    entries, shared_values = len(codes), set(values.tolist())
    index_bits = math.ceil(math.log2(len(shared_values))) if shared_values else 0
    gaps, codebook = in_bytes(entries * gap_bits), in_bytes(len(shared_values) * weight_bits)
    tables = 2**gap_bits + len(shared_values)
    return {
        "dense": in_bytes(size * weight_bits),
        "pruned": gaps + in_bytes(entries * weight_bits),
        "shared": gaps + in_bytes(entries * index_bits) + codebook,
        "coded": in_bytes(huffman_bits(codes)) + in_bytes(huffman_bits(values)) + codebook + tables,
    }


def network_report(layers):
    report = {}
    for stage in ("pruned", "shared", "coded"):
        before = sum(layer["dense"] for layer in layers.values())
        after = sum(layer[stage] for layer in layers.values())
        report[stage] = before / after
    return report
