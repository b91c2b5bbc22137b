"""Sparse matrix times a batch of vectors straight from packed gaps and codes (layout: sparse_codebook).

The batch is worked on 64 columns at a time. For each block of the matrix's columns the right sides are copied to a panel that
stays in the first-level cache; each slice is decoded once per panel. Rounding as in sparse_spmv.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import NotFinite
from reference_impl.kernels import simd
from reference_impl.kernels.aligned import CACHE_LINE_BYTES
from reference_impl.kernels.arguments import all_finite, array_of, same_length
from reference_impl.kernels.compiled import compiled, inlined
from reference_impl.kernels.sparse_codebook import (
    BLOCK_COLUMNS,
    HEAD_BYTES,
    LANES,
    WINDOW_ROWS,
    SparseCodebook,
    dense,
)
from reference_impl.kernels.sparse_spmv import TIERS, fields_of_group, registers_are_finite
from reference_impl.kernels.tiers import Tier, choose

__all__ = ["TIERS", "sparse_spmm"]

PANEL = 64


def sparse_spmm(
    matrix: SparseCodebook, batch: NDArray[np.float32], *, tier: Tier | None = None
) -> NDArray[np.float32]:
    """matrix @ batch: float32 (columns, n) to float32 (rows, n).

    `tier` is for tests and benchmarks. Raises WrongDtype, EmptyInput, OutOfRange for another length, and NotFinite: a filler
    would turn infinity into NaN.
    """
    array_of(batch, "batch", np.float32, 2)
    same_length(batch.shape[0], matrix.shape[1], "rows of the batch")
    chosen = choose(TIERS, tier)
    if chosen is Tier.VNNI:
        return _in_registers(matrix, batch)
    all_finite(batch, "the batch")
    if chosen is Tier.NUMPY:
        return (dense(matrix).astype(np.float64) @ batch).astype(np.float32)
    sums = np.zeros((-(-matrix.shape[0] // LANES) * LANES, batch.shape[1]), np.float32)
    width = matrix.gap_bits + matrix.code_bits
    _portable(matrix.stream, matrix.table, matrix.gap_bits, width, matrix.block_columns, batch, sums)
    return sums[: matrix.shape[0]]


def _in_registers(matrix: SparseCodebook, batch: NDArray[np.float32]) -> NDArray[np.float32]:
    columns, count = batch.shape
    if count % PANEL == 0:
        right = np.ascontiguousarray(batch)
    else:
        right = np.zeros((columns, -(-count // PANEL) * PANEL), np.float32)
        right[:, :count] = batch
    sums = np.empty((-(-matrix.shape[0] // LANES) * LANES, right.shape[1]), np.float32)
    width = matrix.gap_bits + matrix.code_bits
    if not _vnni(matrix.stream, matrix.table, matrix.gap_bits, width, matrix.block_columns, right, sums):
        raise NotFinite("the batch holds NaN or infinity")
    return sums[: matrix.shape[0], :count]


@compiled
def _portable(
    stream: NDArray[Any],
    table: NDArray[Any],
    gap_bits: int,
    width: int,
    block_columns: int,
    batch: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    gap_mask, mask = (1 << gap_bits) - 1, (1 << width) - 1
    totals = np.empty(batch.shape[1], np.float32)
    at = np.int64(0)
    for block in range(0, batch.shape[0], block_columns):
        for first in range(0, sums.shape[0], LANES):
            window = first // WINDOW_ROWS * WINDOW_ROWS
            end = at + HEAD_BYTES + np.int64(stream[at]) * 2 * width
            for lane in range(LANES):
                column = np.int64(block - 1)
                totals[:] = 0
                start, shift = at + HEAD_BYTES + (lane * width >> 3), lane * width & 7
                for group in range(start, end, 2 * width):
                    field = (np.int64(stream[group]) | np.int64(stream[group + 1]) << 8) >> shift & mask
                    column += (field & gap_mask) + 1
                    weight = table[field >> gap_bits]
                    # The filled-up end of a shorter row may lie outside of the batch.
                    right = batch[min(column, batch.shape[0] - 1)]
                    totals += weight * right
                sums[window + np.int64(stream[at + 1 + lane])] += totals
            at = end


@compiled
def _panel() -> NDArray[Any]:
    """Room for a block of right sides that starts on a cache line: a load across two lines takes twice as long."""
    raw = np.empty((BLOCK_COLUMNS + 1) * PANEL, np.float32)
    start = -raw.ctypes.data % CACHE_LINE_BYTES // 4
    return raw[start : start + BLOCK_COLUMNS * PANEL]


@compiled
def _fill(panel: NDArray[Any], batch: NDArray[Any], first_row: int, first_column: int) -> bool:
    """Copy a block of the batch, zeros below it; whether all of it is finite."""
    flat, count = batch.ravel(), batch.shape[1]
    rows = min(BLOCK_COLUMNS, batch.shape[0] - first_row)
    for row in range(rows):
        start = (first_row + row) * count + first_column
        for k in range(0, PANEL, LANES):
            simd.store_f32(panel, row * PANEL + k, simd.load_f32(flat, start + k))
    panel[rows * PANEL :] = 0
    return registers_are_finite(panel)


@inlined
def _zeros() -> Any:
    return simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()


@inlined
def _plus(panel: NDArray[Any], place: int, weight: float, row: Any) -> Any:
    """A row's 64 sums, and weight times the panel's row that starts at `place`."""
    factor = simd.splat_f32(weight)
    return (
        simd.multiply_add_f32(factor, simd.load_f32(panel, place), row[0]),
        simd.multiply_add_f32(factor, simd.load_f32(panel, place + 16), row[1]),
        simd.multiply_add_f32(factor, simd.load_f32(panel, place + 32), row[2]),
        simd.multiply_add_f32(factor, simd.load_f32(panel, place + 48), row[3]),
    )


@inlined
def _add(sums: NDArray[Any], at: int, row: Any) -> None:
    one = simd.splat_f32(np.float32(1))
    simd.store_f32(sums, at, simd.multiply_add_f32(one, row[0], simd.load_f32(sums, at)))
    simd.store_f32(sums, at + 16, simd.multiply_add_f32(one, row[1], simd.load_f32(sums, at + 16)))
    simd.store_f32(sums, at + 32, simd.multiply_add_f32(one, row[2], simd.load_f32(sums, at + 32)))
    simd.store_f32(sums, at + 48, simd.multiply_add_f32(one, row[3], simd.load_f32(sums, at + 48)))


@compiled
def _vnni(
    stream: NDArray[Any],
    table: NDArray[Any],
    gap_bits: int,
    width: int,
    block_columns: int,
    batch: NDArray[Any],
    sums: NDArray[Any],
) -> bool:
    low, high = simd.load_f32(table, 0), simd.load_f32(table, 16)
    one, gap_mask = simd.splat_i32(np.int32(1)), simd.splat_i32(np.int32((1 << gap_bits) - 1))
    shift, log_panel = simd.splat_i32(np.int32(gap_bits)), simd.splat_i32(np.int32(6))
    # Where a shorter row is filled up, its columns may run past the block.
    inside = simd.splat_i32(np.int32(BLOCK_COLUMNS - 1))
    places, weights = np.empty(BLOCK_COLUMNS * LANES, np.int32), np.empty(BLOCK_COLUMNS * LANES, np.float32)
    panel, flat_sums = _panel(), sums.ravel()
    sums[:] = 0
    finite = True
    for first_column in range(0, sums.shape[1], PANEL):
        at = np.int64(0)
        for block in range(0, batch.shape[0], block_columns):
            finite &= _fill(panel, batch, block, first_column)
            for first in range(0, sums.shape[0], LANES):
                end = at + HEAD_BYTES + np.int64(stream[at]) * 2 * width
                columns = simd.splat_i32(np.int32(-1))
                count = 0
                for group in range(at + HEAD_BYTES, end, 2 * width):
                    fields = fields_of_group(stream, group, width)
                    columns = simd.add_i32(simd.add_i32(columns, simd.and_i32(fields, gap_mask)), one)
                    simd.store_i32(
                        places, count, simd.shift_left_i32(simd.and_i32(columns, inside), log_panel)
                    )
                    found = simd.look_up_32_f32(low, simd.shift_right_i32(fields, shift), high)
                    simd.store_f32(weights, count, found)
                    count += LANES
                window = first // WINDOW_ROWS * WINDOW_ROWS
                for lane in range(0, LANES, 4):
                    a, b, c, d = _zeros(), _zeros(), _zeros(), _zeros()
                    at_lane, of_lane = places[lane:], weights[lane:]
                    for k in range(0, count, LANES):
                        a = _plus(panel, at_lane[k], of_lane[k], a)
                        b = _plus(panel, at_lane[k + 1], of_lane[k + 1], b)
                        c = _plus(panel, at_lane[k + 2], of_lane[k + 2], c)
                        d = _plus(panel, at_lane[k + 3], of_lane[k + 3], d)
                    head = at + 1 + lane
                    _add(flat_sums, (window + np.int64(stream[head])) * sums.shape[1] + first_column, a)
                    _add(flat_sums, (window + np.int64(stream[head + 1])) * sums.shape[1] + first_column, b)
                    _add(flat_sums, (window + np.int64(stream[head + 2])) * sums.shape[1] + first_column, c)
                    _add(flat_sums, (window + np.int64(stream[head + 3])) * sums.shape[1] + first_column, d)
                at = end
    return finite
