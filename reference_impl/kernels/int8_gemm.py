"""Matrix product in signed bytes with 32-bit sums, and requantization fused behind it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels.arguments import array_of, same_length
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.int8_products import TIERS, Weights, check_zero_point, multiply, pack
from reference_impl.kernels.int8_tiles import BLOCK, SLACK_BYTES, Positions, byte_buffer, flip_bytes
from reference_impl.kernels.requantization import Requantization
from reference_impl.kernels.tiers import Tier

__all__ = ["TIERS", "GemmWeights", "int8_gemm", "pack_gemm_weights"]

_ONE_LINE = np.zeros(1, np.int64)


@dataclass(frozen=True)
class GemmWeights:
    """An int8 right operand of shape (inner, columns), ready for `int8_gemm`; made by `pack_gemm_weights`."""

    inner: int
    columns: int
    packed: Weights

    @property
    def tier(self) -> Tier:
        return self.packed.tier


def pack_gemm_weights(weights: NDArray[np.int8], *, tier: Tier | None = None) -> GemmWeights:
    """Copy int8 `weights` (inner, columns) into the layout the kernel reads.

    `tier` is for tests and benchmarks. Raises WrongDtype, EmptyInput, and OutOfRange for another shape or more than
    65535 rows.
    """
    array_of(weights, "weights", np.int8, 2)
    inner, columns = weights.shape
    return GemmWeights(inner, columns, pack(weights[None], tier))


def int8_gemm(
    left: NDArray[np.int8],
    weights: GemmWeights,
    *,
    bias: NDArray[np.int32] | None = None,
    left_zero_point: int = 0,
    requantization: Requantization | None = None,
) -> NDArray[Any]:
    """(left - left_zero_point) @ weights + bias: int8 (rows, inner) to int32 (rows, columns), exact modulo 2^32.

    With `requantization` the result is bytes (rows, columns) instead and the sums never leave the cache. Raises
    WrongDtype, EmptyInput, and OutOfRange for shapes that do not fit or a zero point that is no signed byte.
    """
    array_of(left, "left", np.int8, 2)
    same_length(left.shape[1], weights.inner, "columns of the left operand")
    check_zero_point(left_zero_point)
    # Rows start on cache lines, as their weights end on them.
    stride = -(-weights.inner // 64) * 64
    source = _lay_out(np.ascontiguousarray(left), stride, weights.packed.flip)
    rows = Positions(_ONE_LINE, left.shape[0], stride, 0)
    return multiply(source, rows, weights.packed, bias, left_zero_point, requantization)


@compiled
def _lay_out(left: NDArray[Any], stride: int, flip: int) -> NDArray[Any]:
    rows, inner = left.shape
    source = byte_buffer((rows + BLOCK) * stride + SLACK_BYTES)
    for i in range(rows):
        flip_bytes(left[i], flip, source[i * stride : i * stride + inner])
    return source
