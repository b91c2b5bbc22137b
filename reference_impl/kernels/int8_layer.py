"""A whole fully connected layer for one vector: bytes inside, float32 outside, in one compiled call.

The vector becomes bytes (`dynamic_quantization`), the products of bytes are summed in 32 bits, and each sum is scaled:
result = float32(sum of (code - zero point) * weight) * (scale of the vector * scale of the row) + bias, each operation
rounded to float32 in this order, so every tier gives the same bits. Jacob et al. 2018, arXiv:1712.05877, section 2.3,
equation 7: the zero point is taken off by the row sums, which are known since packing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import self_tests, simd
from reference_impl.kernels.arguments import all_finite, array_of, products_fit, same_length, vector_of
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.dynamic_quantization import (
    ACCEPTED,
    BEYOND_FLOAT32,
    dynamic_quantize,
    quantize_into,
    refusal,
)
from reference_impl.kernels.int8_lanes import ROWS, dots_of_group, filled_up, in_lanes
from reference_impl.kernels.tiers import Tier, choose, tiers_for
from reference_impl.quantization import PerChannel, Scheme, quantize_tensor

TIERS = tiers_for({Tier.VNNI: (self_tests.dots_are_right,)})

_FLOAT32 = np.dtype(np.float32)
_INFINITY_PATTERN = 0x7F800000

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Int8Layer:
    """int8 weights (rows, columns) with a scale and a bias per row, for `int8_layer`; made by `pack_int8_layer`."""

    rows: int
    columns: int
    weights: NDArray[np.int8]  # (rows, columns), on the VNNI tier as `int8_lanes.in_lanes` lays them out
    of_rows: NDArray[np.int32]  # (3, rows to a multiple of 16): row sums, then the bits of scales and biases
    tier: Tier
    kernel: Callable[..., int]


def pack_int8_layer(
    weights: NDArray[np.float32], bias: NDArray[np.float32] | None = None, *, tier: Tier | None = None
) -> Int8Layer:
    """Quantize float32 `weights` (rows, columns) per row: symmetric, codes -127 ... 127, scale max|row| / 127.

    `bias`: float32 (rows,), none counts as zeros; it is not quantized. `tier` is for tests and benchmarks.
    Raises WrongDtype, EmptyInput, NotFinite, and OutOfRange for other shapes or more than 65535 columns.
    """
    array_of(weights, "weights", np.float32, 2)
    rows, columns = weights.shape
    products_fit(columns)
    if bias is None:
        bias = np.zeros(rows, np.float32)
    array_of(bias, "bias", np.float32, 1)
    same_length(bias.size, rows, "length of the bias")
    all_finite(weights, "weights")
    all_finite(bias, "bias")
    quantized = quantize_tensor(weights, Scheme.symmetric_restricted(), PerChannel(0))
    codes = quantized.codes.astype(np.int8)
    chosen = choose(TIERS, tier)
    row_sums = codes.sum(axis=1, dtype=np.int32)
    scales = quantized.qparams.scale.reshape(rows).astype(np.float32)
    return Int8Layer(
        rows,
        columns,
        in_lanes(codes) if chosen is Tier.VNNI else codes,
        filled_up(np.stack([row_sums, scales.view(np.int32), bias.view(np.int32)])),
        chosen,
        {Tier.VNNI: _vnni, Tier.PORTABLE: _portable, Tier.NUMPY: _definition}[chosen],
    )


def int8_layer(layer: Int8Layer, vector: NDArray[np.float32], *, relu: bool = False) -> NDArray[np.float32]:
    """weights @ vector + bias, then max(0, .) where `relu`: float32 (columns,) to float32 (rows,).

    The vector is quantized to uint8 as `dynamic_quantization` says. One of equal values c loses at most rounding
    (its range is 0 ... c, and both ends have a code); one of zeros gives the bias.
    Raises WrongDtype, NotFinite, and OutOfRange for another length, or a range or result beyond float32.
    """
    contiguous = vector_of(vector, "vector", _FLOAT32, layer.columns)
    result = np.empty(layer.rows, _FLOAT32)
    answer = layer.kernel(layer.weights, layer.of_rows, contiguous, relu, result)
    if answer != ACCEPTED:
        raise refusal(answer)
    return result


def _definition(weights: Array, of_rows: Array, vector: Array, relu: bool, result: Array) -> int:
    row_sums, (scales, bias) = of_rows[0, : result.size], of_rows[1:, : result.size].view(np.float32)
    codes, scale, zero_point = dynamic_quantize(vector)
    sums = weights.astype(np.int32) @ codes.astype(np.int32) - np.int32(zero_point) * row_sums
    with np.errstate(over="ignore", invalid="ignore"):
        result[:] = sums.astype(np.float32) * (scale * scales) + bias
    if not np.isfinite(result).all():
        return BEYOND_FLOAT32
    if relu:
        result[:] = np.where(result > 0, result, np.float32(0))
    return ACCEPTED


@compiled
def _portable(weights: Array, of_rows: Array, vector: Array, relu: bool, result: Array) -> Any:
    rows, columns = weights.shape
    codes = np.empty(columns, np.uint8)
    scale, zero_point, answer = quantize_into(vector, codes)
    if answer != ACCEPTED:
        return answer
    sums = np.empty(rows, np.int32)
    for i in range(rows):
        row = weights[i]
        total = np.int32(0)
        for k in range(columns):
            # Without the outer int32 numba would add in 64 bits, at a third of the speed.
            total = np.int32(total + np.int32(row[k]) * np.int32(codes[k]))
        sums[i] = total
    return _scale_sums(sums, zero_point, scale, of_rows, relu, result)


@compiled
def _scale_sums(sums: Array, zero_point: int, scale: float, of_rows: Array, relu: bool, result: Array) -> Any:
    row_sums, scales, bias = of_rows[0], of_rows[1].view(np.float32), of_rows[2].view(np.float32)
    greatest = np.uint32(0)
    patterns = result.view(np.uint32)
    for i in range(result.size):
        centred = np.int32(sums[i] - np.int32(zero_point * row_sums[i]))
        result[i] = np.float32(centred) * (scale * scales[i]) + bias[i]
        # As integers, the patterns of infinity and NaN are the greatest once the sign is off.
        greatest = max(greatest, patterns[i] & np.uint32(0x7FFFFFFF))
    if relu:
        for i in range(result.size):
            result[i] = result[i] if result[i] > 0 else np.float32(0)
    return ACCEPTED if greatest < _INFINITY_PATTERN else BEYOND_FLOAT32


@compiled
def _vnni(weights: Array, of_rows: Array, vector: Array, relu: bool, result: Array) -> Any:
    groups, quads = weights.shape[:2]
    # What lies beyond the last column meets weights of zero, so it need not be set.
    codes = np.empty(quads * 4, np.uint8)
    scale, zero_point, answer = quantize_into(vector, codes)
    if answer != ACCEPTED:
        return answer
    flat, row_sums, floats = weights.ravel(), of_rows[0], of_rows.view(np.float32)
    scales, bias, values = floats[1], floats[2], np.empty(groups * ROWS, np.float32)
    zero_points, scale_lanes, zero = simd.splat_i32(zero_point), simd.splat_f32(scale), simd.zero_f32()
    # Zero times a number is zero, but NaN for infinity and NaN.
    zeros = zero
    for group in range(groups):
        row = group * ROWS
        shift = simd.multiply_i32(zero_points, simd.load_i32(row_sums, row))
        centred = simd.subtract_i32(dots_of_group(flat, group, codes, simd.zero_i32()), shift)
        factors = simd.multiply_f32(scale_lanes, simd.load_f32(scales, row))
        value = simd.add_f32(simd.multiply_f32(simd.to_f32(centred), factors), simd.load_f32(bias, row))
        zeros = simd.multiply_add_f32(value, zero, zeros)
        simd.store_f32(values, row, simd.max_f32(value, zero) if relu else value)
    # Assigning the slice would check for overlap and copy one by one.
    for i in range(result.size):
        result[i] = values[i]
    simd.store_f32(values, 0, zeros)
    return BEYOND_FLOAT32 if np.isnan(values[:ROWS].sum()) else ACCEPTED
