"""Four Huffman streams, coded and decoded fast: the same bytes as entropy_coding/streams.py, the definition.

Encoding writes four symbols with one store of eight bytes; for alphabets up to 64 two symbols come from one look-up.
Decoding follows four chains at once and takes up to six symbols from one look-up in a table of 2^12 entries.
This module can be the `coder` of entropy_coding/codec.py.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.entropy_coding.canonical import reversed_codes
from reference_impl.entropy_coding.streams import (
    LONGEST_CODE,
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
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.words import load_word, store_word

LOOKUPS = 4  # per eight bytes read: 4 * 12 bits and the 7 bits before the first
SYMBOLS_AT_ONCE = 6  # a table entry: six symbols, a byte of bits used, a byte of symbols found
ROOM = 8 * LOOKUPS  # symbols left in a quarter for which the fast loop cannot write past its end

# A codeword or two in the encoder's tables: the bits in the lower 24, then how many, and a mark for "none".
_BITS = (1 << 24) - 1
_MISSING = 1 << 31
_PAIRED_ALPHABET = 64


def histogram(symbols: Symbols) -> NDArray[np.int64]:
    """How often each of the 256 byte values occurs."""
    counts: NDArray[np.int64] = _histogram(checked_symbols(symbols))
    return counts


def encode(symbols: ArrayLike, lengths: Sequence[int]) -> CodedStreams:
    """As streams.encode."""
    array = checked_symbols(symbols)
    check_lengths(lengths)
    words = _words(lengths)
    if array.size and array.max() >= len(lengths):
        raise OutOfRange(missing_codeword())
    longest = max(lengths, default=0)
    out = np.empty(array.size * longest // 8 + STREAMS + 8, np.uint8)
    ends = np.zeros(STREAMS, np.int64)
    shift = (len(lengths) - 1).bit_length() if len(lengths) <= _PAIRED_ALPHABET else 0
    if not _encode(array, words, _pairs(words, shift), shift, out, ends):
        raise OutOfRange(missing_codeword())
    first, second, third, fourth = np.diff(ends, prepend=0).tolist()
    return CodedStreams(out[: ends[-1]], (first, second, third, fourth))


def decode(streams: CodedStreams, lengths: Sequence[int], count: int) -> Symbols:
    """As streams.decode."""
    check_lengths(lengths)
    check_code_can_decode(lengths)
    check_sizes(streams, count)
    out = np.empty(count, np.uint8)
    ends = np.cumsum(np.array(streams.sizes, np.int64))
    codes = np.array(reversed_codes(lengths), np.int64)
    table, symbol_of, length_of = _decoding_tables(codes, np.array(lengths, np.int64))
    if not _decode(np.ascontiguousarray(streams.payload), ends, table, symbol_of, length_of, out):
        raise CorruptData(
            "the streams do not end with their last symbols, or hold a bit string that is no codeword"
        )
    return out


def _words(lengths: Sequence[int]) -> NDArray[np.uint32]:
    words = np.array(reversed_codes(lengths), np.uint32) | np.array(lengths, np.uint32) << np.uint32(24)
    return np.where(np.array(lengths) > 0, words, np.uint32(_MISSING)).astype(np.uint32)


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
def _histogram(symbols: Any) -> Any:
    counts = np.zeros((4, 256), np.int64)  # four tables: equal neighbours do not wait for each other
    whole = symbols.size // 4 * 4
    for i in range(0, whole, 4):
        counts[0, symbols[i]] += 1
        counts[1, symbols[i + 1]] += 1
        counts[2, symbols[i + 2]] += 1
        counts[3, symbols[i + 3]] += 1
    for i in range(whole, symbols.size):
        counts[0, symbols[i]] += 1
    return counts[0] + counts[1] + counts[2] + counts[3]


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


@compiled
def _decoding_tables(codes: Any, lengths: Any) -> Any:
    size = 1 << LONGEST_CODE
    symbol_of = np.zeros(size, np.uint8)
    length_of = np.zeros(size, np.uint8)
    for symbol in range(lengths.size):
        if lengths[symbol]:
            for window in range(codes[symbol], size, 1 << lengths[symbol]):
                symbol_of[window] = symbol
                length_of[window] = lengths[symbol]
    table = np.zeros(size, np.uint64)
    for window in range(size):
        entry = np.uint64(0)
        used: Any = 0
        found = 0
        rest: Any = window
        while found < SYMBOLS_AT_ONCE:
            length = np.int64(length_of[rest])
            if length == 0 or used + length > LONGEST_CODE:
                break
            entry |= np.uint64(symbol_of[rest]) << np.uint64(8 * found)
            used += length
            found += 1
            rest >>= length
        table[window] = entry | (np.uint64(used) << np.uint64(48)) | (np.uint64(found) << np.uint64(56))
    return table, symbol_of, length_of


@compiled
def _finish(data: Any, bit: Any, end: Any, symbol_of: Any, length_of: Any, out: Any) -> Any:
    """One symbol at a time up to the end of a quarter, reading no byte from `end` on."""
    mask = (1 << LONGEST_CODE) - 1
    for i in range(out.size):
        window: Any = 0
        byte = bit >> 3
        for j in range(3):
            if byte + j < end:
                window |= np.int64(data[byte + j]) << (8 * j)
        window = (window >> (bit & 7)) & mask
        if length_of[window] == 0:
            return False
        out[i] = symbol_of[window]
        bit += np.int64(length_of[window])
    if (bit + 7) >> 3 != end:
        return False
    return (bit & 7) == 0 or data[end - 1] >> (bit & 7) == 0


@compiled
def _decode(data: Any, ends: Any, table: Any, symbol_of: Any, length_of: Any, out: Any) -> Any:
    mask, c48, c56, c255 = np.uint64((1 << LONGEST_CODE) - 1), np.uint64(48), np.uint64(56), np.uint64(255)
    count = out.size
    quarter = (count + 3) // 4
    p1, p2, p3 = min(count, quarter), min(count, 2 * quarter), min(count, 3 * quarter)
    o0: Any = 0
    o1: Any = p1
    o2: Any = p2
    o3: Any = p3
    e0, e1, e2, e3 = p1 - ROOM, p2 - ROOM, p3 - ROOM, count - ROOM
    b0: Any = 0
    b1, b2, b3 = 8 * ends[0], 8 * ends[1], 8 * ends[2]
    # The last bit position from which eight bytes can be read within the stream.
    l0, l1, l2, l3 = 8 * ends[0] - 64, 8 * ends[1] - 64, 8 * ends[2] - 64, 8 * ends[3] - 64
    while o0 < e0 and o1 < e1 and o2 < e2 and o3 < e3 and b0 <= l0 and b1 <= l1 and b2 <= l2 and b3 <= l3:
        v0 = load_word(data, b0 >> 3) >> np.uint64(b0 & 7)
        v1 = load_word(data, b1 >> 3) >> np.uint64(b1 & 7)
        v2 = load_word(data, b2 >> 3) >> np.uint64(b2 & 7)
        v3 = load_word(data, b3 >> 3) >> np.uint64(b3 & 7)
        before = o0 + o1 + o2 + o3
        for _ in range(LOOKUPS):
            t0, t1, t2, t3 = table[v0 & mask], table[v1 & mask], table[v2 & mask], table[v3 & mask]
            store_word(out, o0, t0)
            store_word(out, o1, t1)
            store_word(out, o2, t2)
            store_word(out, o3, t3)
            u0, u1, u2, u3 = (t0 >> c48) & c255, (t1 >> c48) & c255, (t2 >> c48) & c255, (t3 >> c48) & c255
            v0 >>= u0
            v1 >>= u1
            v2 >>= u2
            v3 >>= u3
            b0 += np.int64(u0)
            b1 += np.int64(u1)
            b2 += np.int64(u2)
            b3 += np.int64(u3)
            o0 += np.int64(t0 >> c56)
            o1 += np.int64(t1 >> c56)
            o2 += np.int64(t2 >> c56)
            o3 += np.int64(t3 >> c56)
        if o0 + o1 + o2 + o3 == before:  # bits that are no codeword, in all four streams
            return False
    return (
        _finish(data, b0, ends[0], symbol_of, length_of, out[o0:p1])
        and _finish(data, b1, ends[1], symbol_of, length_of, out[o1:p2])
        and _finish(data, b2, ends[2], symbol_of, length_of, out[o2:p3])
        and _finish(data, b3, ends[3], symbol_of, length_of, out[o3:count])
    )
