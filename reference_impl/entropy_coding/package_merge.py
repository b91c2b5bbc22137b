"""The best prefix code whose codewords are no longer than a limit.

L. L. Larmore and D. S. Hirschberg, A fast algorithm for optimal length-limited Huffman codes, Journal of the ACM 37(3),
1990: coins of face value 2^-1 ... 2^-limit, one per symbol and value; the cheapest coins of total value n - 1 tell the
lengths. O(n limit) steps after sorting.
"""

from collections.abc import Iterable
from math import inf

from reference_impl.entropy_coding.frequencies import checked
from reference_impl.errors import OutOfRange
from reference_impl.reals import whole_number

Level = list[tuple[float, bool]]  #: weight, and whether it is a symbol's own coin


def limited_lengths(frequencies: Iterable[float], *, limit: int) -> list[int]:
    """Bits of each symbol's codeword, none above `limit`; 0 for a symbol that never occurs, 1 for the only one.

    No code within the limit has a smaller mean length. Raises OutOfRange where 2^limit codewords are too few,
    EmptyInput, NotFinite, WrongDtype. Exact for whole numbers; floats are added with rounding.
    """
    numbers = checked(frequencies)
    lengths = [0] * len(numbers)
    symbols = sorted((s for s, f in enumerate(numbers) if f > 0), key=lambda s: numbers[s])
    limit = min(
        whole_number(limit, 1, inf, "the limit"), len(numbers)
    )  # Huffman's own are no longer than n - 1
    if len(symbols) > 2**limit:
        raise OutOfRange(f"{len(symbols)} symbols need codewords longer than {limit} bits")
    if len(symbols) == 1:
        lengths[symbols[0]] = 1
        return lengths
    levels = _levels([numbers[s] for s in symbols], limit)
    taken = 2 * len(symbols) - 2
    for level in reversed(levels):
        own = sum(is_coin for _, is_coin in level[:taken])
        for symbol in symbols[:own]:
            lengths[symbol] += 1
        taken = 2 * (taken - own)
    return lengths


def _levels(weights: list[float], limit: int) -> list[Level]:
    """From the longest codewords' coins to the shortest's: coins and packages of two by increasing weight."""
    coins = [(weight, True) for weight in weights]
    levels = [coins]
    for _ in range(limit - 1):
        below = levels[-1]
        packages = [(below[i][0] + below[i + 1][0], False) for i in range(0, len(below) - 1, 2)]
        # a coin goes before a package of the same weight: sorted() is stable
        levels.append(sorted(coins + packages, key=lambda item: item[0]))
    return levels
