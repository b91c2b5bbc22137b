"""Entropy and Huffman codes of short alphabets."""

import itertools
from math import log, log2
from random import Random

from questionbank.generators import Variant, generator
from reference_impl.costs import index_bits
from reference_impl.entropy_coding import code_lengths, effective_bits, entropy, mean_code_length


def percentages(draw: Random, symbols: int) -> list[int]:
    """Multiples of 5 that add up to 100, the greatest first."""
    cuts = sorted(draw.sample(range(1, 20), symbols - 1))
    return sorted((5 * (b - a) for a, b in zip([0, *cuts], [*cuts, 20], strict=True)), reverse=True)


@generator("entropy_of_indices")
def entropy_of_indices(draw: Random) -> Variant:
    shares = [25] * 4
    while 2 - entropy(shares) < 0.1:
        shares = percentages(draw, 4)
    key = entropy(shares)
    return Variant(
        params={f"p{i}": share for i, share in enumerate(shares)},
        key=key,
        slips={"equal_shares": 2.0, "nats": key * log(2), "rarest_only": log2(100 / shares[-1])},
    )


@generator("huffman_mean_length")
def huffman_mean_length(draw: Random) -> Variant:
    """A draw where neither a chain of codes nor the entropy gives the mean length by luck."""
    while True:
        shares = percentages(draw, 5)
        key = mean_code_length(shares)
        chain = sum(share * length for share, length in zip(shares, [1, 2, 3, 4, 4], strict=True)) / 100
        unweighted = sum(code_lengths(shares)) / 5
        values = sorted([key, chain, unweighted, entropy(shares), 3.0])
        if min(b - a for a, b in itertools.pairwise(values)) > 0.02:
            break
    return Variant(
        params={f"p{i}": share for i, share in enumerate(shares)}
        | {f"l{i}": length for i, length in enumerate(code_lengths(shares))},
        key=key,
        slips={"chain": chain, "unweighted": unweighted, "entropy": entropy(shares), "fixed_length": 3.0},
    )


@generator("effective_bits")
def bits_of_levels(draw: Random) -> Variant:
    levels = draw.choice([5, 6, 7, 9, 10, 11, 12, 13])
    key = effective_bits(levels)
    return Variant(
        params={"levels": levels, "whole_bits": index_bits(levels)},
        key=key,
        slips={"whole_bits": index_bits(levels), "levels": levels, "nats": log(levels)},
    )
