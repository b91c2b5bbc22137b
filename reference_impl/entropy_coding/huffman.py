"""Huffman's prefix code of least mean length. D. A. Huffman, Proceedings of the IRE, 1952."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush


def code_lengths(frequencies: Sequence[float]) -> list[int]:
    """Bits of each symbol's codeword; 0 for a symbol that never occurs, 1 for the only one that does."""
    lengths = [0] * len(frequencies)
    trees: list[tuple[float, int, tuple[int, ...]]] = [
        (f, i, (i,)) for i, f in enumerate(frequencies) if f > 0
    ]
    if len(trees) == 1:
        lengths[trees[0][1]] = 1
    heapify(trees)
    while len(trees) > 1:
        first_weight, first, left = heappop(trees)
        second_weight, _, right = heappop(trees)
        for symbol in left + right:
            lengths[symbol] += 1
        heappush(trees, (first_weight + second_weight, first, left + right))
    return lengths


def coded_bits(frequencies: Sequence[float]) -> float:
    """Length of the whole coded stream when frequencies are counts; the code table is not included."""
    return sum(f * length for f, length in zip(frequencies, code_lengths(frequencies), strict=True))


def mean_code_length(frequencies: Sequence[float]) -> float:
    """Bits per symbol."""
    return coded_bits(frequencies) / sum(frequencies)
