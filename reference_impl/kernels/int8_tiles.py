"""The products shared by matrix multiplication and convolution.

Both are written as blocks of up to 32 output positions whose operands lie at equal distances (`stride` bytes) in one byte
buffer; each position reads `runs` stretches of `length` bytes, `run_stride` bytes apart. A matrix product has one run,
a row of the left operand; a convolution has one run per kernel row, because width and channels are neighbours in NHWC.

Weights are packed once, by `pack_panels`, as [panel of 64 channels][run][4 bytes of the run][64 channels][4 bytes]: VNNI
reads it as vectors, AMX as tiles of 16 rows 256 bytes apart. Runs are padded with zero weights to whole 64 bytes, so what
a tile reads past the end of a run counts for nothing.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import simd
from reference_impl.kernels.aligned import aligned_zeros
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.requantization import Requantization, requantize_row

PANEL = 64
BLOCK = 32
# What a kernel may read past the last position of a block, in bytes beyond its stride: a whole tile row.
SLACK_BYTES = 64


def pack_panels(weights: NDArray[np.int8]) -> NDArray[np.int8]:
    """(runs, length, channels) to (panels, runs, fours, 64, 4), zeros where there was nothing."""
    runs, length, channels = weights.shape
    panels, padded = -(-channels // PANEL), -(-length // 64) * 64
    full = np.zeros((runs, padded, panels * PANEL), np.int8)
    full[:, :length, :channels] = weights
    packed = aligned_zeros((panels, runs, padded // 4, PANEL, 4), np.int8)
    packed[...] = full.reshape(runs, padded // 4, 4, panels, PANEL).transpose(3, 0, 1, 4, 2)
    return packed


def epilogue(
    requantization: Requantization | None, channels: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What `write_block` needs: multipliers (none: write the sums), and zero point, least, greatest."""
    if requantization is None:
        return np.empty(0, np.float32), np.zeros(3, np.float32)
    requantization.check_channels(channels)
    multiplier = np.ascontiguousarray(requantization.multiplier)
    return multiplier, np.array([requantization.zero_point, *requantization.range], np.float32)


@compiled
def write_block(
    sums: NDArray[Any],
    first: int,
    count: int,
    channel: int,
    bias: NDArray[Any],
    multiplier: NDArray[Any],
    limits: NDArray[Any],
    sums_out: NDArray[Any],
    bytes_out: NDArray[Any],
) -> None:
    """Bias and requantization while the block's sums (32, 64) are still in the nearest cache."""
    width = min(PANEL, bias.size - channel)
    for i in range(count):
        row = sums[i, :width]
        part = bias[channel : channel + width]
        for j in range(width):
            row[j] = np.int32(row[j] + part[j])
        if multiplier.size:
            out = bytes_out[first + i, channel : channel + width]
            requantize_row(row, multiplier[channel : channel + width], limits[0], limits[1], limits[2], out)
        else:
            sums_out[first + i, channel : channel + width] = row


@compiled
def portable_block(
    source: NDArray[Any],
    start: int,
    stride: int,
    count: int,
    run_stride: int,
    weights: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    """`weights`: (runs, length, 64), signed like `source`; 64 sums at a time grow side by side."""
    runs, length, _ = weights.shape
    for i in range(count):
        row = sums[i]
        row[:] = 0
        for run in range(runs):
            at = start + i * stride + run * run_stride
            stretch = source[at : at + length]
            for k in range(length):
                value = np.int32(stretch[k])
                line = weights[run, k]
                for j in range(PANEL):
                    row[j] = np.int32(row[j] + value * np.int32(line[j]))


@compiled
def vnni_block(
    source: NDArray[Any],
    start: int,
    stride: int,
    count: int,
    run_stride: int,
    fours: int,
    panel: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    """`source` shifted by 128 to unsigned; `panel`: (runs, padded fours, 64, 4). Works on four positions at once."""
    runs = panel.shape[0]
    panel_stride = panel.shape[1] * 256
    flat = panel.ravel()
    out = sums.ravel()
    for i in range(0, count, 4):
        p0 = start + i * stride
        p1 = start + min(i + 1, count - 1) * stride
        p2 = start + min(i + 2, count - 1) * stride
        p3 = start + min(i + 3, count - 1) * stride
        a0, a1, a2, a3 = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
        b0, b1, b2, b3 = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
        c0, c1, c2, c3 = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
        d0, d1, d2, d3 = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
        for run in range(runs):
            w = run * panel_stride
            r = run * run_stride
            for k in range(fours):
                w0, w1 = simd.load_i32(flat, w), simd.load_i32(flat, w + 64)
                w2, w3 = simd.load_i32(flat, w + 128), simd.load_i32(flat, w + 192)
                w += 256
                x = simd.splat_4_bytes(source, p0 + r + 4 * k)
                a0, a1 = simd.dot_bytes(a0, x, w0), simd.dot_bytes(a1, x, w1)
                a2, a3 = simd.dot_bytes(a2, x, w2), simd.dot_bytes(a3, x, w3)
                x = simd.splat_4_bytes(source, p1 + r + 4 * k)
                b0, b1 = simd.dot_bytes(b0, x, w0), simd.dot_bytes(b1, x, w1)
                b2, b3 = simd.dot_bytes(b2, x, w2), simd.dot_bytes(b3, x, w3)
                x = simd.splat_4_bytes(source, p2 + r + 4 * k)
                c0, c1 = simd.dot_bytes(c0, x, w0), simd.dot_bytes(c1, x, w1)
                c2, c3 = simd.dot_bytes(c2, x, w2), simd.dot_bytes(c3, x, w3)
                x = simd.splat_4_bytes(source, p3 + r + 4 * k)
                d0, d1 = simd.dot_bytes(d0, x, w0), simd.dot_bytes(d1, x, w1)
                d2, d3 = simd.dot_bytes(d2, x, w2), simd.dot_bytes(d3, x, w3)
        o = i * 64
        simd.store_i32(out, o, a0), simd.store_i32(out, o + 16, a1)
        simd.store_i32(out, o + 32, a2), simd.store_i32(out, o + 48, a3)
        simd.store_i32(out, o + 64, b0), simd.store_i32(out, o + 80, b1)
        simd.store_i32(out, o + 96, b2), simd.store_i32(out, o + 112, b3)
        simd.store_i32(out, o + 128, c0), simd.store_i32(out, o + 144, c1)
        simd.store_i32(out, o + 160, c2), simd.store_i32(out, o + 176, c3)
        simd.store_i32(out, o + 192, d0), simd.store_i32(out, o + 208, d1)
        simd.store_i32(out, o + 224, d2), simd.store_i32(out, o + 240, d3)
