"""Fields of up to 8 bits, one byte each, into packed bytes and back.

Portable: eight values at a time are moved together within one 64-bit word; three steps halve or double the gaps between
them, where a loop would shift eight times. With AVX-512: eight such words at a time, and one permutation of bytes closes
the gaps between the words.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import simd, simd_lanes
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.tiers import Tier
from reference_impl.kernels.words import load_word, repeated, store_word

Bytes = NDArray[np.uint8]
ROOM_BYTES = 64  #: what `pack` may write past the end
_GROUP = 64


def pack(values: Bytes, width: int, out: Bytes, tier: Tier) -> bool:
    """Whether each value fits `width` bits (at most 8); `out` has room for all fields and ROOM_BYTES."""
    fits, done = True, 0
    if tier >= Tier.VNNI:
        done = values.size // _GROUP * _GROUP
        fits = _pack_64s(values[:done], width, _places_of_packed(width), out)
    return bool(_pack_eights(values[done:], width, out[done // 8 * width :])) and fits


def unpack(data: Bytes, width: int, out: Bytes, tier: Tier) -> bool:
    """Whether nothing but zeros follows the last field."""
    done = 0
    if tier >= Tier.VNNI:
        # 64 bytes are read for 64 fields, however narrow.
        groups = max(0, min(out.size // _GROUP, (data.size - 64) // (8 * width) + 1))
        done = groups * _GROUP
        _unpack_64s(data, width, *_places_of_fields(width), out[:done])
    return bool(_unpack_eights(data[done // 8 * width :], width, out[done:]))


def _places_of_packed(width: int) -> Bytes:
    """Where in eight words, each with eight fields at its low end, byte i of the packed fields lies."""
    at = np.arange(64)
    return np.where(at < 8 * width, 8 * (at // width) + at % width, 0).astype(np.uint8)


def _places_of_fields(width: int) -> tuple[Bytes, Bytes]:
    """Which bytes of 64 make words of eight fields each, and at which bit of its word each field starts."""
    word, field = np.divmod(np.arange(64), 8)
    return (word * width + field).astype(np.uint8), (field * width).astype(np.uint8)


@compiled
def _pack_eights(values: Any, width: Any, out: Any) -> Any:
    """Writes up to eight bytes past the end."""
    low8, low16, low32 = repeated(8, 16), repeated(16, 32), repeated(32, 64)
    w1, w2, w4 = np.uint64(width), np.uint64(2 * width), np.uint64(4 * width)
    c8, c16, c32 = np.uint64(8), np.uint64(16), np.uint64(32)
    seen = np.uint64(0)
    groups = values.size // 8
    at = 0
    for group in range(groups):
        x = load_word(values, 8 * group)
        seen |= x
        x = (x & low8) | (((x >> c8) & low8) << w1)
        x = (x & low16) | (((x >> c16) & low16) << w2)
        x = (x & low32) | ((x >> c32) << w4)
        store_word(out, at, x)
        at += width
    last = np.uint64(0)
    for i in range(values.size - 8 * groups):
        value = np.uint64(values[8 * groups + i])
        seen |= value
        last |= (value & repeated(8, 64)) << np.uint64(i * width)
    store_word(out, at, last)
    return seen & ~repeated(width, 8) == np.uint64(0)


@compiled
def unpack_rest(data: Any, width: Any, bit: Any, out: Any) -> Any:
    """Field by field from `bit` on, reading no byte past the end; whether nothing but zeros is left."""
    mask = repeated(width, 64)
    for i in range(out.size):
        field = np.uint64(0)
        byte = bit >> 3
        for j in range(5):
            if byte + j < data.size:
                field |= np.uint64(data[byte + j]) << np.uint64(8 * j)
        out[i] = (field >> np.uint64(bit & 7)) & mask
        bit += width
    return (bit & 7) == 0 or data[bit >> 3] >> (bit & 7) == 0


@compiled
def _unpack_eights(data: Any, width: Any, out: Any) -> Any:
    """Eight values from eight bytes while there are as many, the rest one by one."""
    w1, w2, w4 = np.uint64(width), np.uint64(2 * width), np.uint64(4 * width)
    m1, m2, m4 = repeated(width, 16), repeated(2 * width, 32), repeated(4 * width, 64)
    c8, c16, c32 = np.uint64(8), np.uint64(16), np.uint64(32)
    groups = max(0, min(out.size // 8, (data.size - 8) // width + 1))
    for group in range(groups):
        x = load_word(data, group * width)
        x = (x & m4) | (((x >> w4) & m4) << c32)
        x = (x & m2) | (((x >> w2) & m2) << c16)
        x = (x & m1) | (((x >> w1) & m1) << c8)
        store_word(out, 8 * group, x)
    return unpack_rest(data, width, 8 * groups * width, out[8 * groups :])


@compiled
def _pack_64s(values: Any, width: Any, places: Any, out: Any) -> Any:
    """Writes up to 64 bytes past the end."""
    order, seen = simd.load_i32(places, 0), simd.zero_i32()
    low1, low2, low4 = repeated(width, 16), repeated(2 * width, 32), repeated(4 * width, 64)
    w1, w2, w4 = np.uint64(width), np.uint64(2 * width), np.uint64(4 * width)
    keep1, move1 = simd_lanes.splat_u64(low1), simd_lanes.splat_u64(low1 << w1)
    keep2, move2 = simd_lanes.splat_u64(low2), simd_lanes.splat_u64(low2 << w2)
    keep4, move4 = simd_lanes.splat_u64(low4), simd_lanes.splat_u64(low4 << w4)
    gap1 = simd_lanes.splat_u64(np.uint64(8) - w1)
    gap2 = simd_lanes.splat_u64(np.uint64(16) - w2)
    gap4 = simd_lanes.splat_u64(np.uint64(32) - w4)
    for group in range(values.size // 64):
        x = simd.load_i32(values, 64 * group)
        seen = simd_lanes.or_bits(seen, x)
        x = simd_lanes.or_bits(
            simd.and_i32(x, keep1), simd.and_i32(simd_lanes.shift_right_u64(x, gap1), move1)
        )
        x = simd_lanes.or_bits(
            simd.and_i32(x, keep2), simd.and_i32(simd_lanes.shift_right_u64(x, gap2), move2)
        )
        x = simd_lanes.or_bits(
            simd.and_i32(x, keep4), simd.and_i32(simd_lanes.shift_right_u64(x, gap4), move4)
        )
        simd.store_i32(out, 8 * width * group, simd_lanes.permute_bytes(x, order))
    too_great = simd.and_i32(seen, simd_lanes.splat_u64(~repeated(width, 8)))
    return not simd_lanes.any_greater_u64(too_great, simd.zero_i32())


@compiled
def _unpack_64s(data: Any, width: Any, places: Any, starts: Any, out: Any) -> None:
    order, first_bits = simd.load_i32(places, 0), simd.load_i32(starts, 0)
    mask = simd_lanes.splat_u64(repeated(width, 8))
    for group in range(out.size // 64):
        words = simd_lanes.permute_bytes(simd.load_i32(data, 8 * width * group), order)
        simd.store_i32(out, 64 * group, simd.and_i32(simd_lanes.cut_bytes(first_bits, words), mask))
