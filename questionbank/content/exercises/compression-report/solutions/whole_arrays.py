"""np.unique counts; the bits of a Huffman code are the sum of all merged counts, found with a heap."""

import heapq

import numpy as np


def huffman_bits(symbols):
    counts = np.unique(symbols, return_counts=True)[1].tolist()
    if len(counts) == 1:
        return counts[0]
    heapq.heapify(counts)
    bits = 0
    while len(counts) > 1:
        both = heapq.heappop(counts) + heapq.heappop(counts)
        heapq.heappush(counts, both)
        bits += both
    return bits


def layer_report(size, codes, values, gap_bits, weight_bits):
    entries, k = len(codes), len(np.unique(values))
    index_bits = max(k - 1, 0).bit_length()
    codebook = k * weight_bits
    parts = {
        "dense": [size * weight_bits],
        "pruned": [entries * gap_bits, entries * weight_bits],
        "shared": [entries * gap_bits, entries * index_bits, codebook],
        "coded": [huffman_bits(codes), huffman_bits(values), codebook, 8 * (2**gap_bits + k)],
    }
    return {stage: sum((bits + 7) // 8 for bits in all_bits) for stage, all_bits in parts.items()}


def network_report(layers):
    table = np.array([[layer[s] for s in ("dense", "pruned", "shared", "coded")] for layer in layers.values()])
    dense, *after = table.sum(axis=0)
    return dict(zip(("pruned", "shared", "coded"), (dense / np.array(after)).tolist()))
