"""Bits of storage under weight sharing, and ratios."""

from collections.abc import Iterable

from reference_impl.errors import EmptyInput
from reference_impl.reals import refuse_outside


def index_bits(codewords: int) -> int:
    """Bits of a fixed-length index into a codebook: ceil(log2 codewords), in whole numbers; none for one codeword."""
    refuse_outside(codewords, 1, float("inf"), "the number of codewords")
    return (int(codewords) - 1).bit_length()


def shared_bits(weights: int, codewords: int, *, weight_bits: int = 32) -> int:
    """Storage after weight sharing: one index a weight, and the codebook itself."""
    refuse_outside(weights, 0, float("inf"), "the number of weights")
    return weights * index_bits(codewords) + codewords * weight_bits


def sharing_ratio(weights: int, codewords: int, *, weight_bits: int = 32) -> float:
    """Original size over compressed size; equation 1 of arXiv:1510.00149, with whole bits an index."""
    return weights * weight_bits / shared_bits(weights, codewords, weight_bits=weight_bits)


def pruned_shared_bits(entries: int, codewords: int, *, gap_bits: int, weight_bits: int = 32) -> int:
    """Storage after pruning and sharing: each stored entry has a codebook index and a gap to the one before.

    entries: non-zero weights plus filler zeros.
    """
    return shared_bits(entries, codewords, weight_bits=weight_bits) + entries * gap_bits


def total_ratio(layers: Iterable[tuple[float, float]]) -> float:
    """Of (bits before, bits after) of each layer: the ratio of the sums, not the mean of the ratios."""
    pairs = list(layers)
    if not pairs:
        raise EmptyInput("there are no layers")
    after = sum(after for _, after in pairs)
    refuse_outside(after, 5e-324, float("inf"), "the bits after compression")
    return sum(before for before, _ in pairs) / after
