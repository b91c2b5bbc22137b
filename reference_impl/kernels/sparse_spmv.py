"""Sparse matrix times vector straight from packed gaps and codes (layout: sparse_codebook).

Sums are float32, in the order of the columns within a block of columns, then block by block; tiers differ in rounding only
(fused or not), so they agree exactly where every product and sum is exact, and to float32 accuracy otherwise.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import NotFinite
from reference_impl.kernels import self_tests, simd
from reference_impl.kernels.arguments import all_finite, vector_of
from reference_impl.kernels.compiled import compiled, inlined
from reference_impl.kernels.sparse_codebook import (
    HEAD_BYTES,
    LANES,
    WINDOW_ROWS,
    SparseCodebook,
    dense,
)
from reference_impl.kernels.tiers import Tier, choose, tiers_for

_FLOAT32 = np.dtype(np.float32)
TIERS = tiers_for(
    {
        Tier.VNNI: (
            self_tests.fields_are_right,
            self_tests.gathers_are_right,
            self_tests.long_tables_are_right,
        )
    }
)


def sparse_spmv(
    matrix: SparseCodebook, vector: NDArray[np.float32], *, tier: Tier | None = None
) -> NDArray[np.float32]:
    """matrix @ vector: float32 (columns,) to float32 (rows,).

    `tier` is for tests and benchmarks. Raises WrongDtype, OutOfRange for another length, and NotFinite: a filler would turn
    infinity into NaN.
    """
    vector = vector_of(vector, "vector", _FLOAT32, matrix.shape[1])
    chosen = choose(TIERS, tier)
    if chosen is Tier.VNNI:
        return _in_registers(matrix, vector)
    all_finite(vector, "the vector")
    if chosen is Tier.NUMPY:
        return (dense(matrix).astype(np.float64) @ vector).astype(np.float32)
    sums = np.zeros(-(-matrix.shape[0] // LANES) * LANES, np.float32)
    width = matrix.gap_bits + matrix.code_bits
    _portable(matrix.stream, matrix.table, matrix.gap_bits, width, matrix.block_columns, vector, sums)
    return sums[: matrix.shape[0]]


def _in_registers(matrix: SparseCodebook, vector: NDArray[np.float32]) -> NDArray[np.float32]:
    result = np.empty(matrix.shape[0], _FLOAT32)
    width = matrix.gap_bits + matrix.code_bits
    if not _vnni(matrix.stream, matrix.table, matrix.gap_bits, width, matrix.block_columns, vector, result):
        raise NotFinite("the vector holds NaN or infinity")
    return result


@compiled
def _portable(
    stream: NDArray[Any],
    table: NDArray[Any],
    gap_bits: int,
    width: int,
    block_columns: int,
    vector: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    gap_mask, mask = (1 << gap_bits) - 1, (1 << width) - 1
    last = np.int64(vector.size - 1)
    at = np.int64(0)
    for block in range(0, vector.size, block_columns):
        for first in range(0, sums.size, LANES):
            window = first // WINDOW_ROWS * WINDOW_ROWS
            end = at + HEAD_BYTES + np.int64(stream[at]) * 2 * width
            for lane in range(LANES):
                column = np.int64(block - 1)
                total = np.float32(0)
                start, shift = at + HEAD_BYTES + (lane * width >> 3), lane * width & 7
                for group in range(start, end, 2 * width):
                    field = (np.int64(stream[group]) | np.int64(stream[group + 1]) << 8) >> shift & mask
                    column += (field & gap_mask) + 1
                    weight = table[field >> gap_bits]
                    # The filled-up end of a shorter row may lie outside of the vector.
                    total = np.float32(total + weight * vector[min(column, last)])
                sums[window + np.int64(stream[at + 1 + lane])] += total
            at = end


@inlined
def fields_of_group(stream: NDArray[Any], at: int, width: int) -> Any:
    """The 16 fields of the group that starts at byte `at`, in a register."""
    if width == 10:
        return simd.unpack_10(stream, at)
    if width == 9:
        return simd.unpack_9(stream, at)
    return simd.unpack_8(stream, at)


@inlined
def registers_are_finite(values: NDArray[Any]) -> bool:
    """Whether all float32 `values`, a multiple of 64 of them, are finite: 0 times NaN or infinity is NaN."""
    zero, one = simd.zero_f32(), simd.splat_f32(np.float32(1))
    a, b, c, d = zero, zero, zero, zero
    for k in range(0, values.size, 64):
        a = simd.multiply_add_f32(simd.load_f32(values, k), zero, a)
        b = simd.multiply_add_f32(simd.load_f32(values, k + 16), zero, b)
        c = simd.multiply_add_f32(simd.load_f32(values, k + 32), zero, c)
        d = simd.multiply_add_f32(simd.load_f32(values, k + 48), zero, d)
    lanes = np.empty(LANES, np.float32)
    simd.store_f32(
        lanes,
        0,
        simd.multiply_add_f32(simd.multiply_add_f32(a, one, b), one, simd.multiply_add_f32(c, one, d)),
    )
    return bool((lanes == 0).all())


@compiled
def _vnni(
    stream: NDArray[Any],
    table: NDArray[Any],
    gap_bits: int,
    width: int,
    block_columns: int,
    vector: NDArray[Any],
    result: NDArray[Any],
) -> bool:
    padded = np.empty((vector.size // 64 + 3) * 64, np.float32)
    padded[: vector.size] = vector
    padded[vector.size :] = 0
    low, high = simd.load_f32(table, 0), simd.load_f32(table, LANES)
    one, gap_mask = simd.splat_i32(np.int32(1)), simd.splat_i32(np.int32((1 << gap_bits) - 1))
    shift = simd.splat_i32(np.int32(gap_bits))
    lanes = np.empty(LANES, np.float32)
    sums = np.zeros(-(-result.size // LANES) * LANES, np.float32)
    at = np.int64(0)
    for block in range(0, vector.size, block_columns):
        part = simd.load_128_f32(padded, block)
        for first in range(0, sums.size, LANES):
            end = at + HEAD_BYTES + np.int64(stream[at]) * 2 * width
            columns, total = simd.splat_i32(np.int32(-1)), simd.zero_f32()
            for group in range(at + HEAD_BYTES, end, 2 * width):
                fields = fields_of_group(stream, group, width)
                columns = simd.add_i32(simd.add_i32(columns, simd.and_i32(fields, gap_mask)), one)
                weights = simd.look_up_32_f32(low, simd.shift_right_i32(fields, shift), high)
                total = simd.multiply_add_f32(weights, simd.look_up_128_f32(part, columns), total)
            simd.store_f32(lanes, 0, total)
            window = first // WINDOW_ROWS * WINDOW_ROWS
            for lane in range(LANES):
                sums[window + np.int64(stream[at + 1 + lane])] += lanes[lane]
            at = end
    result[:] = sums[: result.size]
    return registers_are_finite(padded)
