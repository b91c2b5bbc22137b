"""Matrix times vector in signed bytes, sums in 32 bits.

VNNI multiplies unsigned by signed bytes: the vector is shifted by 128, and the sums start from -128 times the sum of
each row, known since packing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import self_tests, simd
from reference_impl.kernels.arguments import array_of, products_fit, vector_of
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.int8_lanes import ROWS, dots_of_group, filled_up, in_lanes
from reference_impl.kernels.tiers import Tier, choose, tiers_for

TIERS = tiers_for({Tier.VNNI: (self_tests.dots_are_right,)})

_INT8, _INT32 = np.dtype(np.int8), np.dtype(np.int32)

Array = NDArray[Any]


@dataclass(frozen=True)
class GemvWeights:
    """An int8 matrix of shape (rows, columns), ready for `int8_gemv`; made by `pack_gemv_weights`."""

    rows: int
    columns: int
    data: NDArray[np.int8]  # (rows, columns), on the VNNI tier as `int8_lanes.in_lanes` lays them out
    starts: NDArray[np.int32]  # (rows to a multiple of 16,): -128 times the sum of the row
    tier: Tier
    kernel: Callable[..., None]


def pack_gemv_weights(weights: NDArray[np.int8], *, tier: Tier | None = None) -> GemvWeights:
    """Copy int8 `weights` (rows, columns) into the layout the kernel reads.

    `tier` is for tests and benchmarks; without it the best one of this machine is used. Raises WrongDtype,
    EmptyInput, and OutOfRange for another shape or more than 65535 columns.
    """
    array_of(weights, "weights", np.int8, 2)
    rows, columns = weights.shape
    products_fit(columns)
    chosen = choose(TIERS, tier)
    return GemvWeights(
        rows,
        columns,
        in_lanes(weights) if chosen is Tier.VNNI else weights.copy(order="C"),
        filled_up(weights.sum(axis=1, dtype=np.int32) * np.int32(-128)),
        chosen,
        {Tier.VNNI: _vnni, Tier.PORTABLE: _portable, Tier.NUMPY: _definition}[chosen],
    )


def int8_gemv(weights: GemvWeights, vector: NDArray[np.int8]) -> NDArray[np.int32]:
    """weights @ vector: int8 (columns,) to exact int32 (rows,).

    Raises WrongDtype for another dtype and OutOfRange for another length.
    """
    contiguous = vector_of(vector, "vector", _INT8, weights.columns)
    result = np.empty(weights.rows, _INT32)
    weights.kernel(weights.data, weights.starts, contiguous, result)
    return result


def _definition(data: Array, starts: Array, vector: Array, result: Array) -> None:
    np.matmul(data, vector, out=result, dtype=np.int32)


@compiled
def _portable(data: Array, starts: Array, vector: Array, result: Array) -> None:
    rows, columns = data.shape
    for i in range(rows):
        row = data[i]
        total = np.int32(0)
        for k in range(columns):
            # Without the outer int32 numba would add in 64 bits, at a third of the speed.
            total = np.int32(total + np.int32(row[k]) * np.int32(vector[k]))
        result[i] = total


@compiled
def _vnni(data: Array, starts: Array, vector: Array, result: Array) -> None:
    groups, quads = data.shape[:2]
    # What lies beyond the last column meets weights of zero, so it need not be set.
    shifted = np.empty(quads * 4, np.uint8)
    for k in range(vector.size):
        shifted[k] = np.uint8(vector[k]) ^ np.uint8(128)
    flat, sums = data.ravel(), np.empty(groups * ROWS, np.int32)
    for group in range(groups):
        row = group * ROWS
        simd.store_i32(sums, row, dots_of_group(flat, group, shifted, simd.load_i32(starts, row)))
    # Assigning the slice would check for overlap and copy one by one.
    for i in range(result.size):
        result[i] = sums[i]
