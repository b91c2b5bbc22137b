"""Sparse matrix times vector straight from packed gaps and codes (layout: sparse_codebook).

Sums are float32, in the order of the columns; tiers differ in rounding only (fused or not), so they agree exactly where every
product and sum is exact, and to float32 accuracy otherwise.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import NotFinite
from reference_impl.kernels import self_tests, simd
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.sparse_codebook import SparseCodebook, check_right_side, dense
from reference_impl.kernels.tiers import Tier, choose, tiers_for

TIERS = tiers_for({Tier.VNNI: (self_tests.fields_are_right, self_tests.gathers_are_right)})


def sparse_spmv(
    matrix: SparseCodebook, vector: NDArray[np.float32], *, tier: Tier | None = None
) -> NDArray[np.float32]:
    """matrix @ vector: float32 (columns,) to float32 (rows,).

    `tier` is for tests and benchmarks. Raises WrongDtype, OutOfRange for another length, and NotFinite: a filler would turn
    infinity into NaN.
    """
    check_right_side(matrix, vector, 1)
    chosen = choose(TIERS, tier)
    if chosen is Tier.NUMPY:
        if not np.isfinite(vector).all():
            raise NotFinite("the vector holds NaN or infinity")
        return (dense(matrix).astype(np.float64) @ vector).astype(np.float32)
    padded = np.empty(matrix.reach, np.float32)
    if not _copy_finite(vector, padded):
        raise NotFinite("the vector holds NaN or infinity")
    result = np.empty(matrix.shape[0], np.float32)
    kernel = _vnni if chosen is Tier.VNNI else _portable
    kernel(
        matrix.stream,
        matrix.slices,
        matrix.order,
        matrix.table,
        matrix.gap_bits,
        matrix.width,
        padded,
        result,
    )
    return result


@compiled
def _copy_finite(vector: NDArray[Any], padded: NDArray[Any]) -> bool:
    bits = vector.view(np.int32)
    largest = np.int32(0)
    for k in range(vector.size):
        padded[k] = vector[k]
        largest = max(largest, np.int32(bits[k] & np.int32(0x7FFFFFFF)))
    for k in range(vector.size, padded.size):
        padded[k] = np.float32(0)
    return bool(largest < np.int32(0x7F800000))


@compiled
def _portable(
    stream: NDArray[Any],
    slices: NDArray[Any],
    order: NDArray[Any],
    table: NDArray[Any],
    gap_bits: int,
    width: int,
    vector: NDArray[Any],
    result: NDArray[Any],
) -> None:
    gap_mask = (1 << gap_bits) - 1
    mask = (1 << width) - 1
    for number in range(slices.size - 1):
        for lane in range(min(16, order.size - 16 * number)):
            at = np.int64(-1)
            total = np.float32(0)
            shift = lane * width & 7
            for group in range(slices[number] + (lane * width >> 3), slices[number + 1], 2 * width):
                field = (np.int64(stream[group]) | np.int64(stream[group + 1]) << 8) >> shift & mask
                at += (field & gap_mask) + 1
                total = np.float32(total + table[field >> gap_bits] * vector[at])
            result[order[16 * number + lane]] = total


@compiled
def _vnni(
    stream: NDArray[Any],
    slices: NDArray[Any],
    order: NDArray[Any],
    table: NDArray[Any],
    gap_bits: int,
    width: int,
    vector: NDArray[Any],
    result: NDArray[Any],
) -> None:
    low, high = simd.load_f32(table, 0), simd.load_f32(table, 16)
    one, gap_mask = simd.splat_i32(np.int32(1)), simd.splat_i32(np.int32((1 << gap_bits) - 1))
    shift = simd.splat_i32(np.int32(gap_bits))
    lanes = np.empty(16, np.float32)
    for number in range(slices.size - 1):
        at, total = simd.splat_i32(np.int32(-1)), simd.zero_f32()
        for group in range(slices[number], slices[number + 1], 2 * width):
            # The width does not change inside: the compiler takes the question out of the loop.
            if width == 10:
                fields = simd.unpack_10(stream, group)
            elif width == 8:
                fields = simd.unpack_8(stream, group)
            else:
                fields = simd.unpack_9(stream, group)
            at = simd.add_i32(simd.add_i32(at, simd.and_i32(fields, gap_mask)), one)
            weights = simd.look_up_32_f32(low, simd.shift_right_i32(fields, shift), high)
            total = simd.multiply_add_f32(weights, simd.gather_f32(vector, at), total)
        simd.store_f32(lanes, 0, total)
        for lane in range(min(16, order.size - 16 * number)):
            result[order[16 * number + lane]] = lanes[lane]
