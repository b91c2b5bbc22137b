"""Symbols from four streams: four chains of look-ups at once, up to six symbols from one look-up of twelve bits."""

from typing import Any

import numpy as np

from reference_impl.entropy_coding.streams import LONGEST_CODE
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.words import load_word, store_word

LOOKUPS = 4  # per eight bytes read: 4 * 12 bits and the 7 bits before the first
SYMBOLS_AT_ONCE = 6  # a table entry: a byte of bits used, six symbols, a byte of symbols found
_ROOM = 8 * LOOKUPS  # symbols left in a quarter for which a round of look-ups cannot write past its end
_WORD_BITS = 64


def decode(data: Any, ends: Any, codes: Any, lengths: Any, out: Any) -> bool:
    """Whether the streams are those of some symbols. codes: first bit lowest; ends: bytes, of each stream."""
    table, symbol_of, length_of = _decoding_tables(codes, lengths)
    return bool(_decode(data, ends, table, symbol_of, length_of, out))


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
            entry |= np.uint64(symbol_of[rest]) << np.uint64(8 + 8 * found)
            used += length
            found += 1
            rest >>= length
        table[window] = entry | np.uint64(used) | (np.uint64(found) << np.uint64(56))
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
    mask, c6, c8, c56 = np.uint64((1 << LONGEST_CODE) - 1), np.uint64(63), np.uint64(8), np.uint64(56)
    count = out.size
    quarter = (count + 3) // 4
    p1, p2, p3 = min(count, quarter), min(count, 2 * quarter), min(count, 3 * quarter)
    o0: Any = 0
    o1: Any = p1
    o2: Any = p2
    o3: Any = p3
    b0: Any = 0
    b1, b2, b3 = 8 * ends[0], 8 * ends[1], 8 * ends[2]
    l0, l1, l2, l3 = 8 * ends[0], 8 * ends[1], 8 * ends[2], 8 * ends[3]
    while True:
        # So many rounds stay within the streams and the quarters, whatever they find: no checks in between.
        rounds = min(p1 - o0, p2 - o1, p3 - o2, count - o3) // _ROOM
        rounds = min(rounds, min(l0 - b0, l1 - b1, l2 - b2, l3 - b3) // _WORD_BITS)
        if rounds <= 0:
            break
        before = o0 + o1 + o2 + o3
        for _ in range(rounds):
            v0 = load_word(data, b0 >> 3) >> np.uint64(b0 & 7)
            v1 = load_word(data, b1 >> 3) >> np.uint64(b1 & 7)
            v2 = load_word(data, b2 >> 3) >> np.uint64(b2 & 7)
            v3 = load_word(data, b3 >> 3) >> np.uint64(b3 & 7)
            # The lowest byte of a sum of entries is the sum of their bits used.
            s0, s1, s2, s3 = np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
            for _ in range(LOOKUPS):
                t0, t1, t2, t3 = table[v0 & mask], table[v1 & mask], table[v2 & mask], table[v3 & mask]
                v0 >>= t0 & c6
                v1 >>= t1 & c6
                v2 >>= t2 & c6
                v3 >>= t3 & c6
                store_word(out, o0, t0 >> c8)
                store_word(out, o1, t1 >> c8)
                store_word(out, o2, t2 >> c8)
                store_word(out, o3, t3 >> c8)
                o0 += np.int64(t0 >> c56)
                o1 += np.int64(t1 >> c56)
                o2 += np.int64(t2 >> c56)
                o3 += np.int64(t3 >> c56)
                s0 += t0
                s1 += t1
                s2 += t2
                s3 += t3
            b0 += np.int64(s0 & c6)
            b1 += np.int64(s1 & c6)
            b2 += np.int64(s2 & c6)
            b3 += np.int64(s3 & c6)
        if o0 + o1 + o2 + o3 == before:  # bits that are no codeword, in all four streams
            return False
    return (
        _finish(data, b0, l0 >> 3, symbol_of, length_of, out[o0:p1])
        and _finish(data, b1, l1 >> 3, symbol_of, length_of, out[o1:p2])
        and _finish(data, b2, l2 >> 3, symbol_of, length_of, out[o2:p3])
        and _finish(data, b3, l3 >> 3, symbol_of, length_of, out[o3:count])
    )
