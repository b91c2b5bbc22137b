"""Arrays that start on a cache line.

numpy aligns to 16 bytes, so every 64-byte load of a packed operand would touch two lines; that alone halves
the speed of the tile instructions.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

CACHE_LINE_BYTES = 64


def aligned_zeros(shape: int | tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Like numpy.zeros, starting on a multiple of 64 bytes."""
    kind = np.dtype(dtype)
    size_bytes = int(np.prod(shape)) * kind.itemsize
    raw = np.zeros(size_bytes + CACHE_LINE_BYTES, np.uint8)
    start = -raw.ctypes.data % CACHE_LINE_BYTES
    return raw[start : start + size_bytes].view(kind).reshape(shape)


def aligned_copy(array: NDArray[Any]) -> NDArray[Any]:
    """A contiguous copy that starts on a multiple of 64 bytes."""
    copy = aligned_zeros(array.shape, array.dtype)
    copy[...] = array
    return copy
