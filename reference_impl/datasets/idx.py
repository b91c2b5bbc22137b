"""The IDX format, as MNIST is published in it: plain, or folded by gzip.

Two zero bytes, one byte for the type, one for the number of dimensions, each dimension as four bytes, then the values in C
order; all big-endian (LeCun, Cortes, Burges, "The MNIST database of handwritten digits").
"""

import zlib
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import CorruptData

#: What the third byte says.
TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
GZIP = b"\x1f\x8b"
#: No data set of this library unfolds to as much.
LIMIT_BYTES = 2**28
#: What numpy can hold.
MOST_DIMENSIONS = 64


def read_idx(data: bytes, *, limit_bytes: int = LIMIT_BYTES) -> NDArray[Any]:
    """The array in the machine's own byte order; it is the caller's to write to.

    CorruptData: no IDX, cut short, bytes behind its end, a damaged gzip or one that unfolds beyond limit_bytes.
    """
    plain = unfolded(data, limit_bytes)
    if len(plain) < 4 or plain[:2] != b"\0\0" or plain[2] not in TYPES:
        raise CorruptData(f"this is no IDX file: it begins with {plain[:4].hex(' ') or 'nothing'}")
    dtype, dimensions = np.dtype(TYPES[plain[2]]), plain[3]
    start = 4 + 4 * dimensions
    if dimensions > MOST_DIMENSIONS or len(plain) < start:
        raise CorruptData(f"this IDX file ends within its header of {dimensions} dimensions, or has too many")
    shape = tuple(int(side) for side in np.frombuffer(plain, ">u4", dimensions, 4))
    promised = start + prod(shape) * dtype.itemsize
    if len(plain) != promised:
        fault = "is cut short" if len(plain) < promised else "goes on behind its end"
        raise CorruptData(f"this IDX file {fault}: {shape} takes {promised} bytes, here are {len(plain)}")
    try:
        return np.frombuffer(plain, dtype, offset=start).reshape(shape).astype(dtype.newbyteorder("="))
    except ValueError as error:  # no values, but sides whose product numpy cannot count
        raise CorruptData(f"this IDX file is too large for an array: {shape}") from error


def unfolded(data: bytes, limit_bytes: int) -> bytes:
    """What lies in a gzip of one member; anything else as it is. CorruptData: damaged, cut short, beyond the limit."""
    if not data.startswith(GZIP):
        return data
    gzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        plain = gzip.decompress(data, limit_bytes + 1)
    except zlib.error as error:
        raise CorruptData(f"this gzip is damaged: {error}") from error
    if len(plain) > limit_bytes:
        raise CorruptData(f"this gzip unfolds beyond {limit_bytes} bytes")
    if not gzip.eof or gzip.unused_data:
        raise CorruptData("this gzip is cut short, or something follows it")
    return plain
