"""Fields of 1 ... 32 bits packed into bytes and back: the same bytes as entropy_coding/bits.py, the definition.

Up to 8 bits, eight values at a time are moved together within one 64-bit word: three steps halve or double the gaps
between them, where a loop would shift eight times.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.entropy_coding.bits import (
    Bytes,
    check_width,
    checked_bytes,
    packed_bytes,
    whole_numbers,
)
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.words import load_word, store_word


def pack(values: ArrayLike, width: int) -> Bytes:
    """As bits.pack. Rows of uint8 with width up to 8 are packed as they are, others are copied first."""
    check_width(width)
    array = np.ascontiguousarray(values)
    size = packed_bytes(array.size, width)
    out = np.empty(size + 8, np.uint8)
    if array.dtype == np.uint8 and width <= 8:
        fits = _pack_bytes(array.ravel(), width, out)
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


def unpack_bytes(data: ArrayLike, width: int, count: int) -> Bytes:
    """As unpack, for widths up to 8 (OutOfRange), four times smaller and faster."""
    check_width(width)
    if width > 8:
        raise OutOfRange(f"a byte holds no field of {width} bits")
    packed = checked_bytes(data, width, count)
    out = np.empty(count, np.uint8)
    if not _unpack_bytes(packed, width, out):
        raise CorruptData("the bits after the last field are not zero")
    return out


@compiled
def _repeated(ones: Any, gap: Any) -> Any:
    """`ones` set bits at the low end of every `gap` bits of a word."""
    mask = np.uint64(0)
    for i in range(0, 64, gap):
        mask |= ((np.uint64(1) << np.uint64(ones)) - np.uint64(1)) << np.uint64(i)
    return mask


@compiled
def _pack_bytes(values: Any, width: Any, out: Any) -> Any:
    """Writes up to eight bytes past the end."""
    low8, low16, low32 = _repeated(8, 16), _repeated(16, 32), _repeated(32, 64)
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
        last |= (value & _repeated(8, 64)) << np.uint64(i * width)
    store_word(out, at, last)
    return seen & ~_repeated(width, 8) == np.uint64(0)


@compiled
def _unpack_rest(data: Any, width: Any, bit: Any, out: Any) -> Any:
    """Field by field from `bit` on, reading no byte past the end; whether nothing but zeros is left."""
    mask = _repeated(width, 64)
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
def _unpack_bytes(data: Any, width: Any, out: Any) -> Any:
    """Eight values from eight bytes while there are as many, the rest one by one."""
    w1, w2, w4 = np.uint64(width), np.uint64(2 * width), np.uint64(4 * width)
    m1, m2, m4 = _repeated(width, 16), _repeated(2 * width, 32), _repeated(4 * width, 64)
    c8, c16, c32 = np.uint64(8), np.uint64(16), np.uint64(32)
    groups = max(0, min(out.size // 8, (data.size - 8) // width + 1))
    for group in range(groups):
        x = load_word(data, group * width)
        x = (x & m4) | (((x >> w4) & m4) << c32)
        x = (x & m2) | (((x >> w2) & m2) << c16)
        x = (x & m1) | (((x >> w1) & m1) << c8)
        store_word(out, 8 * group, x)
    return _unpack_rest(data, width, 8 * groups * width, out[8 * groups :])


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
    mask = _repeated(width, 64)
    whole = 0
    while whole < out.size and (whole * width >> 3) + 8 <= data.size:
        bit = whole * width
        out[whole] = (load_word(data, bit >> 3) >> np.uint64(bit & 7)) & mask
        whole += 1
    return _unpack_rest(data, width, whole * width, out[whole:])
