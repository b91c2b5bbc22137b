"""Huffman's prefix code of least mean length. D. A. Huffman, Proceedings of the IRE, 1952.

Only the lengths are decided here; canonical.py gives the codewords. All functions raise EmptyInput where no symbol
occurs, NotFinite, WrongDtype, and OutOfRange for a negative frequency.
"""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from reference_impl.entropy_coding.frequencies import checked


def code_lengths(frequencies: Iterable[float]) -> list[int]:
    """Bits of each symbol's codeword; 0 for a symbol that never occurs, 1 for the only one that does."""
    numbers = checked(frequencies)
    lengths = [0] * len(numbers)
    trees: list[tuple[float, int, tuple[int, ...]]] = [(f, i, (i,)) for i, f in enumerate(numbers) if f > 0]
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


def coded_bits(frequencies: Iterable[float]) -> float:
    """Length of the whole coded stream when frequencies are counts; the code table is not included."""
    numbers = checked(frequencies)
    return sum(f * length for f, length in zip(numbers, code_lengths(numbers), strict=True))


def mean_code_length(frequencies: Iterable[float]) -> float:
    """Bits per symbol."""
    numbers = checked(frequencies)
    return coded_bits(numbers) / sum(numbers)
