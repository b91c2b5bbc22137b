"""Bit fields in bytes. The convention everywhere: the first field begins at the lowest bit of the first byte."""

from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import CorruptData, OutOfRange, WrongDtype
from reference_impl.reals import any_array, whole_number

Bytes = NDArray[np.uint8]
WIDEST = 32  #: bits of a field


def whole_numbers(values: ArrayLike) -> NDArray[np.uint64]:
    """Flattened. Raises WrongDtype for anything but integers, OutOfRange for negative ones."""
    array = any_array(values, "bit fields").ravel()
    if not array.size:
        return np.zeros(0, np.uint64)
    if array.dtype.kind not in "ui":
        raise WrongDtype(f"bit fields hold whole numbers, not {array.dtype}")
    if array.min() < 0:
        raise OutOfRange(f"bit fields hold no negative number such as {array.min()}")
    return array.astype(np.uint64)


def byte_string(data: bytes) -> bytes:
    """What the coders read from. Raises WrongDtype for text, numbers, and arrays of anything but bytes."""
    try:
        view = memoryview(data)
    except TypeError as error:
        raise WrongDtype(f"coded data are bytes, not {type(data).__name__}") from error
    if view.ndim != 1 or view.format not in ("B", "b", "c"):
        raise WrongDtype(f"coded data are a row of bytes, not of shape {view.shape} and format {view.format}")
    return view.tobytes()


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
    packed, width, count = checked_bytes(data, width, count), int(width), int(count)
    ones = np.unpackbits(packed, bitorder="little")
    if ones[count * width :].any():
        raise CorruptData("the bits after the last field are not zero")
    fields = ones[: count * width].reshape(count, width).astype(np.uint64)
    return (fields << np.arange(width, dtype=np.uint64)).sum(axis=1, dtype=np.uint64).astype(np.uint32)


def packed_bytes(count: int, width: int) -> int:
    """ceil(count width / 8). Raises OutOfRange for a negative count or a width outside 1 ... 32, WrongDtype."""
    check_width(width)
    return (whole_number(count, 0, inf, "the number of fields") * width + 7) // 8


def check_width(width: int) -> None:
    """Raises OutOfRange outside 1 ... 32, WrongDtype unless whole."""
    whole_number(width, 1, WIDEST, "the bits of a field")


def checked_bytes(data: ArrayLike, width: int, count: int) -> Bytes:
    """The bytes in one run of memory. Raises WrongDtype for no row of uint8, CorruptData for another number of them."""
    given = any_array(data, "packed fields")
    if given.dtype != np.uint8 or given.ndim != 1:
        raise WrongDtype(f"packed fields are a row of bytes, not {given.dtype} of shape {given.shape}")
    packed = np.ascontiguousarray(given)
    if whole_number(count, -inf, inf, "the number of fields") < 0 or packed.size != packed_bytes(
        count, width
    ):
        raise CorruptData(f"{packed.size} bytes do not hold {count} fields of {width} bits")
    return packed
