"""What matrix multiplication and convolution of bytes share: how positions and weights lie in memory.

Output positions lie at equal distances in lines of one byte buffer. Each reads `runs` stretches of `length` bytes: a
matrix product has one run, a row of the left operand; a convolution has one run per kernel row, because width and channels
are neighbours in NHWC. So a convolution needs no im2col copy.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels.aligned import CACHE_LINE_BYTES, aligned_zeros
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.int8_epilogue import Epilogue, write_elements

# Output channels that are worked on together.
PANEL = 64
# Output positions that are worked on together, at most. Those past the end of a line are read, but not written.
BLOCK = 32
# What a kernel may read past the last run of a block: a whole tile row.
SLACK_BYTES = 64


class Positions(NamedTuple):
    """Where output positions begin, in bytes: each line at `starts`, `per_line` positions `stride` apart.

    The runs of one position are `run_stride` apart.
    """

    starts: NDArray[np.int64]
    per_line: int
    stride: int
    run_stride: int


def pack_vectors(weights: NDArray[np.int8]) -> NDArray[np.int8]:
    """(runs, length, channels) to (panels, runs, padded length / 4, 64, 4).

    VNNI reads vectors of it, AMX tiles of 16 rows 256 bytes apart. Runs are padded with zeros to whole 64 bytes, so what
    is read past the end of a run counts for nothing.
    """
    runs, length, channels = weights.shape
    panels, padded = -(-channels // PANEL), -(-length // 64) * 64
    full = np.zeros((runs, padded, panels * PANEL), np.int8)
    full[:, :length, :channels] = weights
    packed = aligned_zeros((panels, runs, padded // 4, PANEL, 4), np.int8)
    packed[...] = full.reshape(runs, padded // 4, 4, panels, PANEL).transpose(3, 0, 1, 4, 2)
    return packed


def pack_lines(weights: NDArray[np.int8]) -> NDArray[np.int8]:
    """(runs, length, channels) to (panels, runs, length, 64), zeros where there was nothing."""
    runs, length, channels = weights.shape
    panels = -(-channels // PANEL)
    full = np.zeros((runs, length, panels * PANEL), np.int8)
    full[:, :, :channels] = weights
    return np.ascontiguousarray(full.reshape(runs, length, panels, PANEL).transpose(2, 0, 1, 3))


@compiled
def byte_buffer(size: int) -> NDArray[np.uint8]:
    """Bytes of any value, from the start of a cache line on."""
    raw = np.empty(size + CACHE_LINE_BYTES, np.uint8)
    start = -raw.ctypes.data % CACHE_LINE_BYTES
    return raw[start : start + size]


@compiled
def flip_bytes(values: NDArray[Any], flip: int, out: NDArray[Any]) -> None:
    """int8 to uint8 by exclusive or: 128 shifts the range to 0 … 255, 0 keeps the bytes."""
    mask = np.uint8(flip)
    for k in range(values.size):
        out[k] = np.uint8(values[k]) ^ mask


def definition_of_sums(
    source: NDArray[np.int8], at: Positions, weights: NDArray[np.int8]
) -> NDArray[np.int32]:
    """The sums in numpy, without bias: (positions, channels), of weights (runs, length, channels)."""
    runs, length, channels = weights.shape
    first = (at.starts[:, None] + at.stride * np.arange(at.per_line)).reshape(-1, 1)
    steps = (at.run_stride * np.arange(runs)[:, None] + np.arange(length)).reshape(-1)
    return source[first + steps].astype(np.int32) @ weights.reshape(-1, channels).astype(np.int32)


@compiled
def portable_products(
    source: NDArray[Any], at: Positions, length: int, data: NDArray[Any], epilogue: Epilogue
) -> None:
    """By loops, for any CPU; `source` unflipped, `data` from `pack_lines`."""
    signed = source.view(np.int8)
    sums = np.empty((1, PANEL), np.int32)
    for panel in range(data.shape[0]):
        for line in range(at.starts.size):
            for position in range(at.per_line):
                start = at.starts[line] + position * at.stride
                _portable_sums(signed, start, at.run_stride, data[panel], sums[0])
                row = line * at.per_line + position
                write_elements(sums, 1, 0, row, panel * PANEL, epilogue)


@compiled
def _portable_sums(
    source: NDArray[Any], start: int, run_stride: int, weights: NDArray[Any], sums: NDArray[Any]
) -> None:
    # 64 sums grow side by side, which is what makes the inner loop vectors on any CPU.
    sums[:] = 0
    runs, length, _ = weights.shape
    for run in range(runs):
        at = start + run * run_stride
        stretch = source[at : at + length]
        for k in range(length):
            value = np.int32(stretch[k])
            line = weights[run, k]
            for j in range(PANEL):
                sums[j] = np.int32(sums[j] + value * np.int32(line[j]))
