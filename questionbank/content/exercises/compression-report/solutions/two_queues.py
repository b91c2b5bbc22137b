"""Van Leeuwen's two queues instead of a heap; bytes counted as lengths of ranges of bits."""

from collections import deque
from fractions import Fraction

import numpy as np


def huffman_bits(symbols):
    _, counts = np.unique(symbols, return_counts=True)
    if counts.size < 2:
        return int(counts.sum())
    single, merged, bits = deque(sorted(counts.tolist())), deque(), 0

    def least():
        return (single if not merged or (single and single[0] <= merged[0]) else merged).popleft()

    while len(single) + len(merged) > 1:
        merged.append(least() + least())
        bits += merged[-1]
    return bits


def bytes_of(*numbers_and_widths):
    return sum(len(range(0, number * width, 8)) for number, width in numbers_and_widths)


def layer_report(size, codes, values, gap_bits, weight_bits):
    entries, k, index_bits = codes.size, np.unique(values).size, 0
    while 2**index_bits < k:
        index_bits += 1
    gaps, codebook, tables = (entries, gap_bits), (k, weight_bits), (2**gap_bits + k, 8)
    return {
        "dense": bytes_of((size, weight_bits)),
        "pruned": bytes_of(gaps, (entries, weight_bits)),
        "shared": bytes_of(gaps, (entries, index_bits), codebook),
        "coded": bytes_of((huffman_bits(codes), 1), (huffman_bits(values), 1), codebook, tables),
    }


def network_report(layers):
    def total(stage):
        return sum(Fraction(layer[stage]) for layer in layers.values())

    return {stage: float(total("dense") / total(stage)) for stage in ("pruned", "shared", "coded")}
