"""Symbols of five bits as weight sharing and pruning leave them: codes (4.41 bits of entropy) and gaps (3.24).

Encoding is the whole of it, as zstd's is: counting, codeword lengths, streams.
"""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks.kernels import goals, limits
from benchmarks.kernels.case import Case, Planned
from benchmarks.kernels.peers import Peer, bitarray, ready, zlib, zstandard
from benchmarks.kernels.timing import Call
from reference_impl.entropy_coding.package_merge import limited_lengths
from reference_impl.entropy_coding.streams import LONGEST_CODE, CodedStreams
from reference_impl.kernels import huffman as kernel
from reference_impl.kernels.tiers import Tier

ALPHABET = 32
SIZES = (("1M", 1 << 20), ("16M", 1 << 24))
SYMBOLS_AT_ONCE = 7  # no look-up of eight bytes tells more, with the bits used
BITARRAY_SYMBOLS = 1 << 18  # it takes an object per symbol
_LETTERS = np.arange(ALPHABET)
WEIGHTS = {
    "codes": np.exp(-np.abs(_LETTERS - 8) / 2.2) + np.exp(-np.abs(_LETTERS - 23) / 2.2),
    "gaps": 0.75**_LETTERS,
}
DECODE = {"codes": goals.HUFFMAN_DECODE_CODES, "gaps": goals.HUFFMAN_DECODE_GAPS}

Symbols = NDArray[np.uint8]


def planned() -> Iterator[Planned]:
    for what in WEIGHTS:
        for size, count in SIZES:
            goal = DECODE[what] if size == "16M" else goals.ONLY_SHOWN
            yield Planned("Huffman decode", f"{size} {what}", partial(_decode, what, count, goal))
            yield Planned("Huffman encode", f"{size} {what}", partial(_encode, what, count))
        yield Planned("Huffman decode, packages", f"1M {what}", partial(_decode_packages, what))
        yield Planned("Huffman encode, packages", f"1M {what}", partial(_encode_packages, what))


def _symbols(what: str, count: int) -> Symbols:
    probabilities = WEIGHTS[what] / WEIGHTS[what].sum()
    return np.random.default_rng(0).choice(ALPHABET, count, p=probabilities).astype(np.uint8)


def _lengths(symbols: Symbols) -> list[int]:
    return limited_lengths(kernel.histogram(symbols)[:ALPHABET].tolist(), limit=LONGEST_CODE)


def encode_all(symbols: Symbols) -> CodedStreams:
    return kernel.encode(symbols, _lengths(symbols))


def _decode(what: str, count: int, goal: goals.Goals) -> Case:
    symbols = _symbols(what, count)
    lengths, data = _lengths(symbols), symbols.tobytes()
    coded = kernel.encode(symbols, lengths)
    return Case(
        tier=min(kernel.TIERS[0], Tier.PORTABLE),
        ours=partial(kernel.decode, coded, lengths, count),
        peers=ready(Peer("zstd level 1", zstandard.PACKAGES, partial(zstandard.decompress, data))),
        goals=goal,
        shown=ready(Peer("zlib Huffman only", (), partial(zlib.decompress, data))),
        limits=_latency_bound(symbols, lengths, coded),
        note=f"{8 * coded.payload.size / count:.2f} bits per symbol",
    )


def _encode(what: str, count: int) -> Case:
    symbols = _symbols(what, count)
    data = symbols.tobytes()
    return Case(
        tier=kernel.TIERS[0],
        ours=partial(encode_all, symbols),
        peers=ready(Peer("zstd level 1", zstandard.PACKAGES, partial(zstandard.compress, data))),
        goals=goals.HUFFMAN_ENCODE,
        shown=ready(Peer("zlib Huffman only", (), partial(zlib.compress, data))),
    )


def _decode_packages(what: str) -> Case:
    symbols = _symbols(what, 1 << 20)
    lengths, few = _lengths(symbols), symbols[:BITARRAY_SYMBOLS].tobytes()
    make, share = partial(bitarray.decode, few, lengths), len(few) / symbols.size
    coded = kernel.encode(symbols, lengths)
    return Case(
        tier=min(kernel.TIERS[0], Tier.PORTABLE),
        ours=partial(kernel.decode, coded, lengths, symbols.size),
        peers=ready(Peer("bitarray", bitarray.PACKAGES, make, share=share)),
        goals=goals.HUFFMAN_PACKAGES,
    )


def _encode_packages(what: str) -> Case:
    """Both with the code at hand."""
    symbols = _symbols(what, 1 << 20)
    lengths, few = _lengths(symbols), symbols[:BITARRAY_SYMBOLS].tobytes()
    make, share = partial(bitarray.encode, few, lengths), len(few) / symbols.size
    return Case(
        tier=kernel.TIERS[0],
        ours=partial(kernel.encode, symbols, lengths),
        peers=ready(Peer("bitarray", bitarray.PACKAGES, make, share=share)),
        goals=goals.HUFFMAN_PACKAGES,
    )


def _latency_bound(symbols: Symbols, lengths: Sequence[int], coded: CodedStreams) -> dict[str, Call]:
    of_symbol = np.array(lengths, np.uint8)
    steps = _look_ups(of_symbol[symbols], LONGEST_CODE, SYMBOLS_AT_ONCE) // 4
    mean_bits = of_symbol[symbols].sum(dtype=np.int64) // (4 * steps)
    used_bits = np.full(1 << LONGEST_CODE, mean_bits, np.uint64)
    return limits.code_chains(coded.payload, used_bits, int(steps))


@njit
def _look_ups(lengths: NDArray[np.uint8], window_bits: int, most: int) -> int:
    """How many windows hold all codewords, each as many whole ones as fit."""
    windows, used, found = 1, 0, 0
    for i in range(lengths.size):
        if used + lengths[i] > window_bits or found == most:
            windows, used, found = windows + 1, 0, 0
        used += lengths[i]
        found += 1
    return windows
