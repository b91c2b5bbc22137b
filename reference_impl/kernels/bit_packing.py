"""Fields of 1 ... 32 bits packed into bytes and back: the same bytes as entropy_coding/bits.py, the definition.

Fields of up to 8 bits are moved 64 or 8 at a time (byte_fields).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.entropy_coding import bits
from reference_impl.entropy_coding.bits import (
    Bytes,
    check_width,
    checked_bytes,
    packed_bytes,
    whole_numbers,
)
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.kernels import byte_fields, self_tests
from reference_impl.kernels.byte_fields import unpack_rest
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.tiers import Tier, choose, tiers_for
from reference_impl.kernels.words import load_word, repeated, store_word

TIERS = tiers_for({Tier.VNNI: (self_tests.wide_lanes_are_right, self_tests.byte_permutations_are_right)})


def pack(values: ArrayLike, width: int, *, tier: Tier | None = None) -> Bytes:
    """As bits.pack. Rows of uint8 with width up to 8 are packed as they are, others are copied first.

    `tier` is for tests and benchmarks.
    """
    check_width(width)
    chosen = choose(TIERS, tier)
    if chosen is Tier.NUMPY:
        return bits.pack(values, width)
    array = np.ascontiguousarray(values)
    size = packed_bytes(array.size, width)
    out = np.empty(size + byte_fields.ROOM_BYTES, np.uint8)
    if array.dtype == np.uint8 and width <= 8:
        fits = byte_fields.pack(array.ravel(), width, out, chosen)
    else:
        fits = _pack_words(whole_numbers(array), width, out)
    if not fits:
        raise OutOfRange("a value does not fit its field")
    return out[:size]


def unpack(data: ArrayLike, width: int, count: int) -> NDArray[np.uint32]:
    """As bits.unpack."""
    check_width(width)
    packed = checked_bytes(data, width, count)
    out = np.empty(count, np.uint32)
    if not _unpack_words(packed, width, out):
        raise CorruptData("the bits after the last field are not zero")
    return out


def unpack_bytes(data: ArrayLike, width: int, count: int, *, tier: Tier | None = None) -> Bytes:
    """As unpack, for widths up to 8 (OutOfRange), four times smaller and faster. `tier` is for tests and benchmarks."""
    check_width(width)
    if width > 8:
        raise OutOfRange(f"a byte holds no field of {width} bits")
    chosen = choose(TIERS, tier)
    if chosen is Tier.NUMPY:
        return bits.unpack(data, width, count).astype(np.uint8)
    packed = checked_bytes(data, width, count)
    out = np.empty(count, np.uint8)
    if not byte_fields.unpack(packed, width, out, chosen):
        raise CorruptData("the bits after the last field are not zero")
    return out


@compiled
def _pack_words(values: Any, width: Any, out: Any) -> Any:
    """Writes up to eight bytes past the end."""
    seven, three, bits_of_field = np.uint64(7), np.uint64(3), np.uint64(width)
    held = np.uint64(0)
    bits = np.uint64(0)
    seen = np.uint64(0)
    at: Any = 0
    for i in range(values.size):
        value = values[i]
        seen |= value
        held |= value << bits  # up to 7 + 32 bits
        bits += bits_of_field
        store_word(out, at, held)
        at += np.int64(bits >> three)
        held >>= bits & ~seven
        bits &= seven
    store_word(out, at, held)
    return seen >> bits_of_field == np.uint64(0)


@compiled
def _unpack_words(data: Any, width: Any, out: Any) -> Any:
    mask = repeated(width, 64)
    whole = 0
    while whole < out.size and (whole * width >> 3) + 8 <= data.size:
        bit = whole * width
        out[whole] = (load_word(data, bit >> 3) >> np.uint64(bit & 7)) & mask
        whole += 1
    return unpack_rest(data, width, whole * width, out[whole:])
