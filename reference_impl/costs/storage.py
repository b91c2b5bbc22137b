"""Bits of storage under weight sharing, and ratios. Han, Mao, Dally 2016, arXiv:1510.00149, section 3.

Everywhere WrongDtype: a count that is no integer; OutOfRange: a negative one, no codeword, or weights of no bits.
"""

from collections.abc import Iterable
from itertools import chain
from math import inf

from reference_impl.errors import EmptyInput
from reference_impl.reals import refuse_negative, refuse_unless_positive, whole_number


def index_bits(codewords: int) -> int:
    """Bits of a fixed-length index into a codebook: ceil(log2 codewords), in whole numbers; none for one codeword."""
    return (whole_number(codewords, 1, inf, "the number of codewords") - 1).bit_length()


def shared_bits(weights: int, codewords: int, *, weight_bits: int = 32) -> int:
    """Storage after weight sharing: one index a weight, and the codebook itself."""
    weights = whole_number(weights, 0, inf, "the number of weights")
    weight_bits = whole_number(weight_bits, 1, inf, "bits of a weight")
    return weights * index_bits(codewords) + int(codewords) * weight_bits


def sharing_ratio(weights: int, codewords: int, *, weight_bits: int = 32) -> float:
    """Original size over compressed size; equation 1 of arXiv:1510.00149, with whole bits an index."""
    compressed = shared_bits(weights, codewords, weight_bits=weight_bits)
    return int(weights) * int(weight_bits) / compressed


def pruned_shared_bits(entries: int, codewords: int, *, gap_bits: int, weight_bits: int = 32) -> int:
    """Storage after pruning and sharing: each stored entry has a codebook index and a gap to the one before.

    entries: non-zero weights plus filler zeros.
    """
    gap_bits = whole_number(gap_bits, 0, inf, "bits of a gap")
    return shared_bits(entries, codewords, weight_bits=weight_bits) + int(entries) * gap_bits


def total_ratio(layers: Iterable[tuple[float, float]]) -> float:
    """Of (bits before, bits after) of each layer: the ratio of the sums, not the mean of the ratios.

    EmptyInput: no layers; OutOfRange: a negative size, or nothing left after compression.
    """
    pairs = list(layers)
    if not pairs:
        raise EmptyInput("there are no layers")
    for size in chain.from_iterable(pairs):
        refuse_negative(size, "the size of a layer")
    after = sum(float(after) for _, after in pairs)
    refuse_unless_positive(after, "the bits after compression")
    return sum(float(before) for before, _ in pairs) / after
