"""Four Huffman streams, coded and decoded fast: the same bytes as entropy_coding/streams.py, the definition.

This module can be the `coder` of entropy_coding/codec.py. How it goes fast is told by huffman_encoder,
huffman_encoder_vnni and huffman_decoder.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.entropy_coding import streams as definition
from reference_impl.entropy_coding.canonical import reversed_codes
from reference_impl.entropy_coding.streams import (
    STREAMS,
    CodedStreams,
    Symbols,
    check_code_can_decode,
    check_lengths,
    check_sizes,
    checked_symbols,
    missing_codeword,
)
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.kernels import (
    byte_counts,
    huffman_decoder,
    huffman_encoder,
    huffman_encoder_vnni,
    self_tests,
)
from reference_impl.kernels.tiers import Tier, choose, tiers_for

TIERS = tiers_for(
    {
        Tier.VNNI: (
            self_tests.wide_lanes_are_right,
            self_tests.word_tables_are_right,
            self_tests.bit_planes_are_right,
        )
    }
)


def histogram(symbols: Symbols, *, tier: Tier | None = None) -> NDArray[np.int64]:
    """As streams.histogram. `tier` is for tests and benchmarks."""
    chosen = choose(TIERS, tier)
    if chosen is Tier.NUMPY:
        return definition.histogram(symbols)
    return byte_counts.count(checked_symbols(symbols), chosen >= Tier.VNNI)


def encode(symbols: ArrayLike, lengths: Sequence[int], *, tier: Tier | None = None) -> CodedStreams:
    """As streams.encode. `tier` is for tests and benchmarks."""
    chosen = choose(TIERS, tier)
    if chosen is Tier.NUMPY:
        return definition.encode(symbols, lengths)
    array = checked_symbols(symbols)
    check_lengths(lengths)
    codes = np.array(reversed_codes(lengths), np.uint32)
    longest = max(lengths, default=0)
    out = np.empty(array.size * longest // 8 + STREAMS + 8, np.uint8)
    ends = np.zeros(STREAMS, np.int64)
    wide = chosen >= Tier.VNNI and len(lengths) <= huffman_encoder_vnni.LARGEST_ALPHABET
    encoder = huffman_encoder_vnni if wide else huffman_encoder
    if not encoder.encode(array, codes, np.array(lengths, np.uint32), out, ends):
        raise OutOfRange(missing_codeword())
    first, second, third, fourth = np.diff(ends, prepend=0).tolist()
    return CodedStreams(out[: ends[-1]], (first, second, third, fourth))


def decode(streams: CodedStreams, lengths: Sequence[int], count: int, *, tier: Tier | None = None) -> Symbols:
    """As streams.decode. `tier` is for tests and benchmarks."""
    if choose(TIERS, tier) is Tier.NUMPY:
        return definition.decode(streams, lengths, count)
    check_lengths(lengths)
    check_code_can_decode(lengths)
    check_sizes(streams, count)
    out = np.empty(count, np.uint8)
    ends = np.cumsum(np.array(streams.sizes, np.int64))
    codes = np.array(reversed_codes(lengths), np.int64)
    payload = np.ascontiguousarray(streams.payload)
    if not huffman_decoder.decode(payload, ends, codes, np.array(lengths, np.int64), out):
        raise CorruptData(
            "the streams do not end with their last symbols, or hold a bit string that is no codeword"
        )
    return out
