# fails: indices_and_codebook_are_counted[index_of_one_bit_at_least], layers_of_one_value_or_none_work[index_of_one_bit_at_least]=carried
"""An index has a bit at least."""

import heapq

import numpy as np


def huffman_bits(symbols):
    _, counts = np.unique(symbols, return_counts=True)
    heap = counts.tolist()
    if len(heap) == 1:
        return heap[0]
    heapq.heapify(heap)
    bits = 0
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        bits += both
        heapq.heappush(heap, both)
    return bits


def whole_bytes(*parts):
    return sum((bits + 7) // 8 for bits in parts)


def layer_report(size, codes, values, gap_bits, weight_bits):
    entries = len(codes)
    k = len(np.unique(values))
    index_bits = max(max(k - 1, 0).bit_length(), 1)
    gaps = entries * gap_bits
    indices = entries * index_bits
    codebook = k * weight_bits
    tables = 8 * (2**gap_bits + k)
    return {
        "dense": whole_bytes(size * weight_bits),
        "pruned": whole_bytes(gaps, entries * weight_bits),
        "shared": whole_bytes(gaps, indices, codebook),
        "coded": whole_bytes(huffman_bits(codes), huffman_bits(values), codebook, tables),
    }


def network_report(layers):
    totals = {
        stage: sum(layer[stage] for layer in layers.values())
        for stage in ("dense", "pruned", "shared", "coded")
    }
    return {stage: totals["dense"] / totals[stage] for stage in ("pruned", "shared", "coded")}
