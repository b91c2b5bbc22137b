"""Codes of any width from 1 to 32 bits, one behind the other, without unused bits between them.

Code i takes the bits i * width ... i * width + width - 1 of the stream. Two orders are in use; each names where a
code's lowest bit goes and where the stream's first bit sits in its byte, so that codes stay whole across bytes:

    LOW_FIRST    lowest bit first; the first bit of the stream is bit 0 of byte 0 (as in deflate)
    HIGH_FIRST   highest bit first; the first bit of the stream is bit 7 of byte 0 (as in JPEG)

The last byte is filled up with zero bits.
"""

from enum import Enum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import CorruptData, WrongDtype
from reference_impl.reals import refuse_outside

Codes = NDArray[np.uint32]
Bytes = NDArray[np.uint8]


class BitOrder(Enum):
    LOW_FIRST = "little"
    HIGH_FIRST = "big"

    @property
    def in_byte(self) -> Literal["little", "big"]:
        return "little" if self is BitOrder.LOW_FIRST else "big"

    def shifts(self, width: int) -> NDArray[np.uint32]:
        low_first = np.arange(width, dtype=np.uint32)
        return low_first if self is BitOrder.LOW_FIRST else low_first[::-1]


def packed_bytes(count: int, width: int) -> int:
    """ceil(count * width / 8)."""
    refuse_outside(width, 1, 32, "bits of a code")
    refuse_outside(count, 0, np.inf, "the number of codes")
    return -(-count * width // 8)


def pack(codes: ArrayLike, width: int, *, order: BitOrder = BitOrder.LOW_FIRST) -> Bytes:
    """The codes in row-major order, in packed_bytes(count, width) bytes.

    WrongDtype: codes that are no integers. OutOfRange: a code outside 0 ... 2^width - 1, width outside 1 ... 32.
    """
    packed_bytes(0, width)
    given = np.asarray(codes).ravel()
    if given.size == 0:
        return np.zeros(0, dtype=np.uint8)
    if given.dtype.kind not in "iu":
        raise WrongDtype(f"codes are integers, not {given.dtype}")
    refuse_outside(int(given.min()), 0, 2**width - 1, "a code")
    refuse_outside(int(given.max()), 0, 2**width - 1, "a code")
    bits = (given.astype(np.uint32)[:, None] >> order.shifts(width)) & np.uint32(1)
    return np.packbits(bits.astype(np.uint8).ravel(), bitorder=order.in_byte)


def unpack(data: ArrayLike, count: int, width: int, *, order: BitOrder = BitOrder.LOW_FIRST) -> Codes:
    """The codes, shape (count,). CorruptData: another number of bytes than they take, or a filling bit that is set."""
    stream = np.asarray(data)
    if stream.size and stream.dtype != np.uint8:
        raise WrongDtype(f"packed codes are bytes (uint8), not {stream.dtype}")
    if stream.shape != (packed_bytes(count, width),):
        raise CorruptData(
            f"{count} codes of {width} bits take {packed_bytes(count, width)} bytes, not {stream.size}"
        )
    bits = np.unpackbits(stream.astype(np.uint8), bitorder=order.in_byte)
    if bits[count * width :].any():
        raise CorruptData("bits behind the last code are set")
    rows = bits[: count * width].reshape(count, width).astype(np.uint32)
    return np.bitwise_or.reduce(rows << order.shifts(width), axis=1, dtype=np.uint32)
