"""Sparse matrix times a batch of vectors straight from packed gaps and codes (layout: sparse_codebook).

The batch is worked on 16 columns at a time, copied next to each other, so that the slab of right sides stays in the
second-level cache; each group of the stream is decoded once per slab and feeds 16 sums of 16 lanes. Rounding as in sparse_spmv.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import simd
from reference_impl.kernels.aligned import aligned_zeros
from reference_impl.kernels.arguments import all_finite
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.sparse_codebook import SparseCodebook, check_right_side, dense
from reference_impl.kernels.sparse_spmv import TIERS
from reference_impl.kernels.tiers import Tier, choose

__all__ = ["TIERS", "sparse_spmm"]


def sparse_spmm(
    matrix: SparseCodebook, batch: NDArray[np.float32], *, tier: Tier | None = None
) -> NDArray[np.float32]:
    """matrix @ batch: float32 (columns, n) to float32 (rows, n).

    `tier` is for tests and benchmarks. Raises WrongDtype, EmptyInput, OutOfRange for another length, and NotFinite: a filler
    would turn infinity into NaN.
    """
    check_right_side(matrix, batch, 2)
    all_finite(batch, "the batch")
    chosen = choose(TIERS, tier)
    if chosen is Tier.NUMPY:
        return (dense(matrix).astype(np.float64) @ batch).astype(np.float32)
    count = batch.shape[1]
    slabs = -(-count // 16)
    right = aligned_zeros((slabs, matrix.reach, 16), np.float32)
    for slab in range(slabs):
        part = batch[:, 16 * slab : 16 * slab + 16]
        right[slab, : matrix.shape[1], : part.shape[1]] = part
    result = np.empty((matrix.shape[0], slabs * 16), np.float32)
    kernel = _vnni if chosen is Tier.VNNI else _portable
    kernel(
        matrix.stream, matrix.slices, matrix.order, matrix.table, matrix.gap_bits, matrix.width, right, result
    )
    return result[:, :count]


@compiled
def _portable(
    stream: NDArray[Any],
    slices: NDArray[Any],
    order: NDArray[Any],
    table: NDArray[Any],
    gap_bits: int,
    width: int,
    right: NDArray[Any],
    result: NDArray[Any],
) -> None:
    gap_mask = (1 << gap_bits) - 1
    mask = (1 << width) - 1
    totals = np.empty(16, np.float32)
    for slab in range(right.shape[0]):
        for number in range(slices.size - 1):
            for lane in range(min(16, order.size - 16 * number)):
                at = np.int64(-1)
                totals[:] = 0
                shift = lane * width & 7
                for group in range(slices[number] + (lane * width >> 3), slices[number + 1], 2 * width):
                    field = (np.int64(stream[group]) | np.int64(stream[group + 1]) << 8) >> shift & mask
                    at += (field & gap_mask) + 1
                    weight = table[field >> gap_bits]
                    line = right[slab, at]
                    for k in range(16):
                        totals[k] = np.float32(totals[k] + weight * line[k])
                result[order[16 * number + lane], 16 * slab : 16 * slab + 16] = totals


@compiled
def _vnni(
    stream: NDArray[Any],
    slices: NDArray[Any],
    order: NDArray[Any],
    table: NDArray[Any],
    gap_bits: int,
    width: int,
    right: NDArray[Any],
    result: NDArray[Any],
) -> None:
    low, high = simd.load_f32(table, 0), simd.load_f32(table, 16)
    one, gap_mask = simd.splat_i32(np.int32(1)), simd.splat_i32(np.int32((1 << gap_bits) - 1))
    shift = simd.splat_i32(np.int32(gap_bits))
    flat = right.ravel()
    places, weights = np.empty(16, np.int32), np.empty(16, np.float32)
    lanes = np.empty(256, np.float32)
    for slab in range(right.shape[0]):
        origin = slab * right.shape[1] * 16
        for number in range(slices.size - 1):
            at = simd.splat_i32(np.int32(-1))
            t0, t1, t2, t3 = simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()
            t4, t5, t6, t7 = simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()
            t8, t9, t10, t11 = simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()
            t12, t13, t14, t15 = simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()
            for group in range(slices[number], slices[number + 1], 2 * width):
                if width == 10:
                    fields = simd.unpack_10(stream, group)
                elif width == 8:
                    fields = simd.unpack_8(stream, group)
                else:
                    fields = simd.unpack_9(stream, group)
                at = simd.add_i32(simd.add_i32(at, simd.and_i32(fields, gap_mask)), one)
                simd.store_i32(places, 0, simd.shift_left_i32(at, simd.splat_i32(np.int32(4))))
                simd.store_f32(
                    weights, 0, simd.look_up_32_f32(low, simd.shift_right_i32(fields, shift), high)
                )
                t0 = simd.multiply_add_f32(
                    simd.splat_f32(weights[0]), simd.load_f32(flat, origin + places[0]), t0
                )
                t1 = simd.multiply_add_f32(
                    simd.splat_f32(weights[1]), simd.load_f32(flat, origin + places[1]), t1
                )
                t2 = simd.multiply_add_f32(
                    simd.splat_f32(weights[2]), simd.load_f32(flat, origin + places[2]), t2
                )
                t3 = simd.multiply_add_f32(
                    simd.splat_f32(weights[3]), simd.load_f32(flat, origin + places[3]), t3
                )
                t4 = simd.multiply_add_f32(
                    simd.splat_f32(weights[4]), simd.load_f32(flat, origin + places[4]), t4
                )
                t5 = simd.multiply_add_f32(
                    simd.splat_f32(weights[5]), simd.load_f32(flat, origin + places[5]), t5
                )
                t6 = simd.multiply_add_f32(
                    simd.splat_f32(weights[6]), simd.load_f32(flat, origin + places[6]), t6
                )
                t7 = simd.multiply_add_f32(
                    simd.splat_f32(weights[7]), simd.load_f32(flat, origin + places[7]), t7
                )
                t8 = simd.multiply_add_f32(
                    simd.splat_f32(weights[8]), simd.load_f32(flat, origin + places[8]), t8
                )
                t9 = simd.multiply_add_f32(
                    simd.splat_f32(weights[9]), simd.load_f32(flat, origin + places[9]), t9
                )
                t10 = simd.multiply_add_f32(
                    simd.splat_f32(weights[10]), simd.load_f32(flat, origin + places[10]), t10
                )
                t11 = simd.multiply_add_f32(
                    simd.splat_f32(weights[11]), simd.load_f32(flat, origin + places[11]), t11
                )
                t12 = simd.multiply_add_f32(
                    simd.splat_f32(weights[12]), simd.load_f32(flat, origin + places[12]), t12
                )
                t13 = simd.multiply_add_f32(
                    simd.splat_f32(weights[13]), simd.load_f32(flat, origin + places[13]), t13
                )
                t14 = simd.multiply_add_f32(
                    simd.splat_f32(weights[14]), simd.load_f32(flat, origin + places[14]), t14
                )
                t15 = simd.multiply_add_f32(
                    simd.splat_f32(weights[15]), simd.load_f32(flat, origin + places[15]), t15
                )
            simd.store_f32(lanes, 0, t0)
            simd.store_f32(lanes, 16, t1)
            simd.store_f32(lanes, 32, t2)
            simd.store_f32(lanes, 48, t3)
            simd.store_f32(lanes, 64, t4)
            simd.store_f32(lanes, 80, t5)
            simd.store_f32(lanes, 96, t6)
            simd.store_f32(lanes, 112, t7)
            simd.store_f32(lanes, 128, t8)
            simd.store_f32(lanes, 144, t9)
            simd.store_f32(lanes, 160, t10)
            simd.store_f32(lanes, 176, t11)
            simd.store_f32(lanes, 192, t12)
            simd.store_f32(lanes, 208, t13)
            simd.store_f32(lanes, 224, t14)
            simd.store_f32(lanes, 240, t15)
            for lane in range(min(16, order.size - 16 * number)):
                row = result[order[16 * number + lane], 16 * slab : 16 * slab + 16]
                row[:] = lanes[16 * lane : 16 * lane + 16]
