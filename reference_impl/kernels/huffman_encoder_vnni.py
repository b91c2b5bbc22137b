"""Codewords of 64 symbols into a stream at once, for alphabets up to 64.

One permutation looks up the codewords of 32 symbols. Neighbours are then joined in wider and wider lanes, the second
shifted by the bits of the first: two symbols in 32 bits, four and eight in 64. Eight lanes remain to be appended.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import simd, simd_lanes
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.words import repeated, store_word

LARGEST_ALPHABET = 64
_MOST_BITS = 56  # in one lane: with the seven bits that may be held back they stay below 64


def encode(symbols: Any, codes: NDArray[np.uint32], lengths: NDArray[np.uint32], out: Any, ends: Any) -> bool:
    """As huffman_encoder.encode, for at most 64 lengths."""
    table = np.zeros(LARGEST_ALPHABET, np.uint16)  # code << 4 | length; zero: no codeword
    table[: lengths.size] = codes << np.uint32(4) | lengths
    return bool(_encode(symbols, table, out, ends))


@compiled
def _encode(symbols: Any, table: Any, out: Any, ends: Any) -> Any:
    count = symbols.size
    quarter = (count + 3) // 4
    at: Any = 0
    for s in range(4):
        part = symbols[min(count, s * quarter) : min(count, (s + 1) * quarter)]
        if not _encode_stream(part, table, out, at, ends[s:]):
            return False
        at = ends[s]
    return True


@compiled
def _looked_up(symbols: Any, low: Any, high: Any) -> Any:
    """Table entries of the even and of the odd symbols, 16 bits each."""
    odd = simd_lanes.shift_right_u16(symbols, simd_lanes.splat_u64(repeated(1, 16) << np.uint64(3)))
    return simd_lanes.look_up_64_u16(low, symbols, high), simd_lanes.look_up_64_u16(low, odd, high)


@compiled
def _joined_in_fours(even: Any, odd: Any) -> Any:
    """Codewords of four symbols per lane of 64 bits and how many bits they have: the first four of each eight, the last four."""
    low4, low16 = simd_lanes.splat_u64(repeated(4, 16)), simd_lanes.splat_u64(repeated(16, 32))
    low32, by_4 = (
        simd_lanes.splat_u64(repeated(32, 64)),
        simd_lanes.splat_u64(repeated(1, 16) << np.uint64(2)),
    )
    by_16, by_32 = simd.splat_i32(np.int32(16)), simd_lanes.splat_u64(np.uint64(32))
    even_bits, odd_bits = simd.and_i32(even, low4), simd.and_i32(odd, low4)
    even, odd = simd_lanes.shift_right_u16(even, by_4), simd_lanes.shift_right_u16(odd, by_4)
    first = simd_lanes.or_bits(
        simd.and_i32(even, low16),
        simd.shift_left_i32(simd.and_i32(odd, low16), simd.and_i32(even_bits, low16)),
    )
    second = simd_lanes.or_bits(
        simd.shift_right_i32(even, by_16),
        simd.shift_left_i32(simd.shift_right_i32(odd, by_16), simd.shift_right_i32(even_bits, by_16)),
    )
    pair_bits = simd.add_i32(even_bits, odd_bits)
    first_bits = simd.and_i32(pair_bits, low16)
    bits = simd.add_i32(first_bits, simd.shift_right_i32(pair_bits, by_16))
    lower = simd_lanes.or_bits(
        simd.and_i32(first, low32),
        simd_lanes.shift_left_u64(simd.and_i32(second, low32), simd.and_i32(first_bits, low32)),
    )
    upper = simd_lanes.or_bits(
        simd_lanes.shift_right_u64(first, by_32),
        simd_lanes.shift_left_u64(
            simd_lanes.shift_right_u64(second, by_32), simd_lanes.shift_right_u64(first_bits, by_32)
        ),
    )
    return lower, simd.and_i32(bits, low32), upper, simd_lanes.shift_right_u64(bits, by_32)


@compiled
def _append(out: Any, at: Any, held: Any, bits: Any, word: Any, length: Any) -> Any:
    """Where the next store goes, and the bits that do not yet fill a byte; length up to 56."""
    held |= word << bits
    bits += length
    store_word(out, at, held)
    return at + np.int64(bits >> np.uint64(3)), held >> (bits & np.uint64(56)), bits & np.uint64(7)


@compiled
def _encode_stream(symbols: Any, table: Any, out: Any, at: Any, ends: Any) -> Any:
    """Writes from byte `at` on, up to seven bytes past the end; the end goes to ends[0]."""
    low, high = simd.load_i32(table, 0), simd.load_i32(table, 32)
    most = simd_lanes.splat_u64(np.uint64(_MOST_BITS))
    seen, least = simd.zero_i32(), simd_lanes.splat_u64(~np.uint64(0))
    lanes = np.empty(32, np.uint64)
    held, bits = np.uint64(0), np.uint64(0)
    whole = symbols.size // 64 * 64
    for start in range(0, whole, 64):
        loaded = simd.load_i32(symbols, start)
        even, odd = _looked_up(loaded, low, high)
        seen = simd_lanes.or_bits(seen, loaded)
        least = simd_lanes.least_u16(least, simd_lanes.least_u16(even, odd))
        lower, lower_bits, upper, upper_bits = _joined_in_fours(even, odd)
        sums = simd_lanes.add_u64(lower_bits, upper_bits)
        if simd_lanes.any_greater_u64(sums, most):
            simd.store_i32(lanes, 0, lower)
            simd.store_i32(lanes, 8, lower_bits)
            simd.store_i32(lanes, 16, upper)
            simd.store_i32(lanes, 24, upper_bits)
            for i in range(8):
                at, held, bits = _append(out, at, held, bits, lanes[i], lanes[8 + i])
                at, held, bits = _append(out, at, held, bits, lanes[16 + i], lanes[24 + i])
        else:
            eights = simd_lanes.or_bits(lower, simd_lanes.shift_left_u64(upper, lower_bits))
            simd.store_i32(lanes, 0, eights)
            simd.store_i32(lanes, 8, sums)
            for i in range(8):
                at, held, bits = _append(out, at, held, bits, lanes[i], lanes[8 + i])
    above = simd.and_i32(seen, simd_lanes.splat_u64(repeated(2, 8) << np.uint64(6)))
    missing = simd_lanes.any_zero_u16(least) or simd_lanes.any_greater_u64(above, simd.zero_i32())
    for i in range(whole, symbols.size):
        entry = np.uint64(table[symbols[i] & 63])
        missing = missing or entry == 0 or symbols[i] > 63
        at, held, bits = _append(out, at, held, bits, entry >> np.uint64(4), entry & np.uint64(15))
    store_word(out, at, held)
    ends[0] = at + 1 if bits else at
    return not missing
