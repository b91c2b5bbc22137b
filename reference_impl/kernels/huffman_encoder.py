"""Codewords into four streams: four symbols make one store of eight bytes.

For alphabets up to 64 the codewords of two neighbouring symbols come from one look-up.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.words import store_word

# A codeword or two in a table: the bits in the lower 24, then how many, and a mark for "none".
_BITS = (1 << 24) - 1
_MISSING = 1 << 31
_PAIRED_ALPHABET = 64


def encode(symbols: Any, codes: NDArray[np.uint32], lengths: NDArray[np.uint32], out: Any, ends: Any) -> bool:
    """Whether each symbol has a codeword. codes: first bit lowest; writes up to eight bytes past the end."""
    words = np.where(lengths > 0, codes | lengths << np.uint32(24), np.uint32(_MISSING)).astype(np.uint32)
    if symbols.size and symbols.max() >= words.size:
        return False
    shift = (words.size - 1).bit_length() if words.size <= _PAIRED_ALPHABET else 0
    return bool(_encode(symbols, words, _pairs(words, shift), shift, out, ends))


def _pairs(words: NDArray[np.uint32], shift: int) -> NDArray[np.uint32]:
    """Entry first | second << shift: both codewords, one behind the other."""
    if not shift:
        return words
    padded = np.full(1 << shift, _MISSING, np.uint32)
    padded[: words.size] = words
    first, second = padded[None, :], padded[:, None]
    lengths = (first >> np.uint32(24) & np.uint32(31)) + (second >> np.uint32(24) & np.uint32(31))
    bits = first & np.uint32(_BITS) | (second & np.uint32(_BITS)) << (first >> np.uint32(24) & np.uint32(31))
    pairs = bits | lengths << np.uint32(24) | ((first | second) & np.uint32(_MISSING))
    return np.ascontiguousarray(pairs.ravel())


@compiled
def _encode_stream(symbols: Any, words: Any, pairs: Any, shift: Any, out: Any, at: Any, ends: Any) -> Any:
    """Writes from byte `at` on, up to seven bytes past the end; the end goes to ends[0]."""
    low24, five, three, seven = np.uint64(_BITS), np.uint64(31), np.uint64(3), np.uint64(7)
    c24 = np.uint64(24)
    held = np.uint64(0)
    bits = np.uint64(0)
    seen = np.uint64(0)
    i = 0
    while i + 4 <= symbols.size:
        if shift:
            a = np.uint64(pairs[np.int64(symbols[i]) | (np.int64(symbols[i + 1]) << shift)])
            b = np.uint64(pairs[np.int64(symbols[i + 2]) | (np.int64(symbols[i + 3]) << shift)])
            seen |= a | b
            first = (a >> c24) & five
            held |= ((a & low24) | ((b & low24) << first)) << bits
            bits += first + ((b >> c24) & five)
        else:
            for j in range(4):
                a = np.uint64(words[symbols[i + j]])
                seen |= a
                held |= (a & low24) << bits
                bits += (a >> c24) & five
        store_word(out, at, held)
        at += np.int64(bits >> three)
        held >>= bits & ~seven
        bits &= seven
        i += 4
    while i < symbols.size:
        a = np.uint64(words[symbols[i]])
        seen |= a
        held |= (a & low24) << bits
        bits += (a >> c24) & five
        store_word(out, at, held)
        at += np.int64(bits >> three)
        held >>= bits & ~seven
        bits &= seven
        i += 1
    store_word(out, at, held)
    ends[0] = at + 1 if bits else at
    return seen & np.uint64(_MISSING) == np.uint64(0)


@compiled
def _encode(symbols: Any, words: Any, pairs: Any, shift: Any, out: Any, ends: Any) -> Any:
    count = symbols.size
    quarter = (count + 3) // 4
    at: Any = 0
    for s in range(4):
        part = symbols[min(count, s * quarter) : min(count, (s + 1) * quarter)]
        if not _encode_stream(part, words, pairs, shift, out, at, ends[s:]):
            return False
        at = ends[s]
    return True
