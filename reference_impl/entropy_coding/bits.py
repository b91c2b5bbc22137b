"""Bit fields in bytes. The convention everywhere: the first field begins at the lowest bit of the first byte."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import CorruptData, OutOfRange, WrongDtype

Bytes = NDArray[np.uint8]
WIDEST = 32  #: bits of a field


def whole_numbers(values: ArrayLike) -> NDArray[np.uint64]:
    """Flattened. Raises WrongDtype for anything but integers, OutOfRange for negative ones."""
    array = np.asarray(values).ravel()
    if not array.size:
        return np.zeros(0, np.uint64)
    if array.dtype.kind not in "ui":
        raise WrongDtype(f"bit fields hold whole numbers, not {array.dtype}")
    if array.min() < 0:
        raise OutOfRange(f"bit fields hold no negative number such as {array.min()}")
    return array.astype(np.uint64)


def write_fields(values: ArrayLike, widths: ArrayLike) -> Bytes:
    """Fields one after the other, zeros up to the next whole byte. values, widths (bits each): same length.

    Raises OutOfRange where a value does not fit its field.
    """
    numbers, bits = whole_numbers(values), whole_numbers(widths)
    if numbers.shape != bits.shape:
        raise OutOfRange(f"{numbers.size} values cannot fill {bits.size} fields")
    if bits.size and bits.max() > WIDEST:
        raise OutOfRange(f"a field has at most {WIDEST} bits, not {bits.max()}")
    if np.any(numbers >> bits):
        raise OutOfRange("a value does not fit its field")
    counts = bits.astype(np.int64)
    starts = np.cumsum(counts) - counts
    place = (np.arange(int(counts.sum())) - np.repeat(starts, counts)).astype(np.uint64)
    ones = (np.repeat(numbers, counts) >> place) & np.uint64(1)
    return np.packbits(ones.astype(np.uint8), bitorder="little")


def pack(values: ArrayLike, width: int) -> Bytes:
    """Values of `width` bits each (1 ... 32), ceil(n width / 8) bytes. Raises OutOfRange where one does not fit."""
    check_width(width)
    numbers = whole_numbers(values)
    return write_fields(numbers, np.full(numbers.shape, width))


def unpack(data: ArrayLike, width: int, count: int) -> NDArray[np.uint32]:
    """`count` values of `width` bits. Raises CorruptData unless `data` is what `pack` gives for so many values."""
    check_width(width)
    packed = checked_bytes(data, width, count)
    ones = np.unpackbits(packed, bitorder="little")
    if ones[count * width :].any():
        raise CorruptData("the bits after the last field are not zero")
    fields = ones[: count * width].reshape(count, width).astype(np.uint64)
    return (fields << np.arange(width, dtype=np.uint64)).sum(axis=1, dtype=np.uint64).astype(np.uint32)


def packed_bytes(count: int, width: int) -> int:
    return (count * width + 7) // 8


def check_width(width: int) -> None:
    if not 1 <= width <= WIDEST:
        raise OutOfRange(f"a field has 1 ... {WIDEST} bits, not {width}")


def checked_bytes(data: ArrayLike, width: int, count: int) -> Bytes:
    packed = np.ascontiguousarray(data)
    if packed.dtype != np.uint8 or packed.ndim != 1:
        raise WrongDtype(f"packed fields are a row of bytes, not {packed.dtype} of shape {packed.shape}")
    if count < 0 or packed.size != packed_bytes(count, width):
        raise CorruptData(f"{packed.size} bytes do not hold {count} fields of {width} bits")
    return packed
