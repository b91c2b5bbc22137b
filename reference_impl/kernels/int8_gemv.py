"""Matrix times vector in signed bytes, sums in 32 bits.

VNNI multiplies unsigned by signed bytes: the vector is shifted by 128 and 128 times each row's sum, known since
packing, is taken off again. Layout: rows padded with zeros to whole cache lines.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import self_tests, simd
from reference_impl.kernels.aligned import aligned_zeros
from reference_impl.kernels.arguments import array_of, products_fit, same_length
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.tiers import Tier, choose, tiers_for

TIERS = tiers_for({Tier.VNNI: (self_tests.dots_are_right,)})


@dataclass(frozen=True)
class GemvWeights:
    """An int8 matrix of shape (rows, columns), ready for `int8_gemv`; made by `pack_gemv_weights`."""

    rows: int
    columns: int
    data: NDArray[np.int8]  # (rows, columns padded to a multiple of 64)
    shift: NDArray[np.int32]  # (rows,): 128 times the sum of the row
    tier: Tier


def pack_gemv_weights(weights: NDArray[np.int8], *, tier: Tier | None = None) -> GemvWeights:
    """Copy int8 `weights` (rows, columns) into the layout the kernel reads.

    `tier` is for tests and benchmarks; without it the best one of this machine is used. Raises WrongDtype,
    EmptyInput, and OutOfRange for another shape or more than 65535 columns.
    """
    array_of(weights, "weights", np.int8, 2)
    rows, columns = weights.shape
    products_fit(columns)
    data = aligned_zeros((rows, -(-columns // 64) * 64), np.int8)
    data[:, :columns] = weights
    shift = weights.sum(axis=1, dtype=np.int32) * np.int32(128)
    return GemvWeights(rows, columns, data, shift, choose(TIERS, tier))


def int8_gemv(weights: GemvWeights, vector: NDArray[np.int8]) -> NDArray[np.int32]:
    """weights @ vector: int8 (columns,) to exact int32 (rows,).

    Raises WrongDtype for another dtype and OutOfRange for another length.
    """
    array_of(vector, "vector", np.int8, 1)
    same_length(vector.size, weights.columns, "length of the vector")
    if weights.tier is Tier.NUMPY:
        return weights.data[:, : weights.columns].astype(np.int32) @ vector.astype(np.int32)
    result = np.empty(weights.rows, np.int32)
    if weights.tier is Tier.PORTABLE:
        _portable(weights.data, np.ascontiguousarray(vector), result)
    else:
        _vnni(weights.data, weights.shift, np.ascontiguousarray(vector), result)
    return result


@compiled
def _portable(data: NDArray[Any], vector: NDArray[Any], result: NDArray[Any]) -> None:
    for i in range(data.shape[0]):
        row = data[i, : vector.size]
        total = np.int32(0)
        for k in range(vector.size):
            # Without the outer int32 numba would add in 64 bits, at a third of the speed.
            total = np.int32(total + np.int32(row[k]) * np.int32(vector[k]))
        result[i] = total


@compiled
def _shifted_by_128(vector: NDArray[Any], padded: int) -> NDArray[Any]:
    shifted = np.empty(padded, np.uint8)
    for k in range(vector.size):
        shifted[k] = np.uint8(vector[k]) ^ np.uint8(128)
    for k in range(vector.size, padded):
        shifted[k] = 0
    return shifted


@compiled
def _vnni(data: NDArray[Any], shift: NDArray[Any], vector: NDArray[Any], result: NDArray[Any]) -> None:
    rows, padded = data.shape
    flat = data.ravel()
    shifted = _shifted_by_128(vector, padded)
    whole = rows // 4 * 4
    for i in range(0, whole, 4):
        a, b, c, d = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
        start = i * padded
        for k in range(0, padded, 64):
            x = simd.load_i32(shifted, k)
            a = simd.dot_bytes(a, x, simd.load_i32(flat, start + k))
            b = simd.dot_bytes(b, x, simd.load_i32(flat, start + padded + k))
            c = simd.dot_bytes(c, x, simd.load_i32(flat, start + 2 * padded + k))
            d = simd.dot_bytes(d, x, simd.load_i32(flat, start + 3 * padded + k))
        result[i] = simd.sum_lanes(a) - shift[i]
        result[i + 1] = simd.sum_lanes(b) - shift[i + 1]
        result[i + 2] = simd.sum_lanes(c) - shift[i + 2]
        result[i + 3] = simd.sum_lanes(d) - shift[i + 3]
    for i in range(whole, rows):
        a = simd.zero_i32()
        for k in range(0, padded, 64):
            a = simd.dot_bytes(a, simd.load_i32(shifted, k), simd.load_i32(flat, i * padded + k))
        result[i] = simd.sum_lanes(a) - shift[i]
