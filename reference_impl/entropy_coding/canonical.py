"""Canonical codes: the codewords follow from their lengths alone, so only the lengths need to be stored.

Codewords of one length are consecutive numbers in the order of the symbols, and shorter ones come first:
RFC 1951, section 3.2.2. All raise OutOfRange for a length outside 0 ... 2^16, WrongDtype for one that is not whole.
"""

from collections.abc import Sequence
from fractions import Fraction

from reference_impl.errors import OutOfRange
from reference_impl.reals import whole_numbers

LONGEST = 2**16  #: bits; a Huffman code of n symbols has none longer than n - 1


def checked_lengths(lengths: Sequence[int]) -> list[int]:
    """As Python's whole numbers, which do not overflow when they are powers of two."""
    return whole_numbers(lengths, 0, LONGEST, "the length of a codeword")


def kraft_sum(lengths: Sequence[int]) -> Fraction:
    """Sum of 2^-length over the symbols that have a codeword: at most 1 for a prefix code, 1 for a full one."""
    used = [length for length in checked_lengths(lengths) if length]
    longest = max(used, default=0)
    return Fraction(sum(1 << longest - length for length in used), 1 << longest)


def is_complete(lengths: Sequence[int]) -> bool:
    """Whether every bit string begins with a codeword."""
    return kraft_sum(lengths) == 1


def canonical_codes(lengths: Sequence[int]) -> list[int]:
    """The codewords as numbers, most significant bit first; 0 too for a symbol of length 0, which has none.

    Raises OutOfRange for lengths that no prefix code has (Kraft sum above 1).
    """
    lengths = checked_lengths(lengths)
    if kraft_sum(lengths) > 1:
        raise OutOfRange("no prefix code has these lengths: their Kraft sum is above 1")
    codes = [0] * len(lengths)
    code = before = 0
    for length, symbol in sorted((length, symbol) for symbol, length in enumerate(lengths) if length):
        code <<= length - before
        codes[symbol] = code
        code, before = code + 1, length
    return codes


def codewords(lengths: Sequence[int]) -> list[str]:
    """The codewords as strings of 0 and 1; an empty one for a symbol of length 0."""
    lengths = checked_lengths(lengths)
    codes = canonical_codes(lengths)
    return [
        format(code, f"0{length}b") if length else "" for code, length in zip(codes, lengths, strict=True)
    ]


def reversed_codes(lengths: Sequence[int]) -> list[int]:
    """The codewords with their first bit in the lowest place, as streams that fill bytes from the lowest bit need."""
    return [int(word[::-1], 2) if word else 0 for word in codewords(lengths)]
