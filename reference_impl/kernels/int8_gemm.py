"""Matrix product in signed bytes with 32-bit sums, and requantization fused behind it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels import amx, int8_tiles, self_tests
from reference_impl.kernels.aligned import aligned_zeros
from reference_impl.kernels.arguments import array_of, products_fit, same_length
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.int8_tiles import BLOCK, PANEL, SLACK_BYTES
from reference_impl.kernels.requantization import Requantization, requantize
from reference_impl.kernels.tiers import Tier, choose, tiers_for

TIERS = tiers_for({Tier.VNNI: (self_tests.dots_are_right,), Tier.AMX: (amx.tiles_are_right,)})


@dataclass(frozen=True)
class GemmWeights:
    """An int8 right operand of shape (inner, columns), ready for `int8_gemm`; made by `pack_gemm_weights`."""

    inner: int
    columns: int
    data: NDArray[np.int8]  # VNNI, AMX: panels (int8_tiles); else (panels, 1, inner, 64)
    column_sums: NDArray[np.int32]
    tier: Tier


def pack_gemm_weights(weights: NDArray[np.int8], *, tier: Tier | None = None) -> GemmWeights:
    """Copy int8 `weights` (inner, columns) into the layout the kernel reads.

    `tier` is for tests and benchmarks. Raises WrongDtype, EmptyInput, and OutOfRange for another shape or more than
    65535 rows.
    """
    array_of(weights, "weights", np.int8, 2)
    products_fit(weights.shape[0])
    chosen = choose(TIERS, tier)
    sums = weights.sum(axis=0, dtype=np.int32)
    inner, columns = weights.shape
    return GemmWeights(inner, columns, pack_for(chosen, weights[None]), sums, chosen)


def pack_for(tier: Tier, weights: NDArray[np.int8]) -> NDArray[np.int8]:
    """(runs, length, channels) in the layout of the tier."""
    if tier >= Tier.VNNI:
        return int8_tiles.pack_panels(weights)
    runs, length, channels = weights.shape
    panels = -(-channels // PANEL)
    full = np.zeros((runs, length, panels * PANEL), np.int8)
    full[:, :, :channels] = weights
    return np.ascontiguousarray(full.reshape(runs, length, panels, PANEL).transpose(2, 0, 1, 3))


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
    total_bias = shifted_bias(weights.column_sums, bias, left_zero_point)
    multiplier, limits = int8_tiles.epilogue(requantization, weights.columns)
    rows = left.shape[0]
    if weights.tier is Tier.NUMPY:
        flat = weights.data[:, 0].transpose(1, 0, 2).reshape(weights.inner, -1)[:, : weights.columns]
        sums = left.astype(np.int32) @ flat.astype(np.int32) + total_bias
        return sums if requantization is None else requantize(sums, requantization)
    sums_out, bytes_out = outputs(rows, weights.columns, requantization)
    if weights.tier is Tier.PORTABLE:
        source = np.ascontiguousarray(left)
        _portable(source, weights.data, total_bias, multiplier, limits, sums_out, bytes_out)
    else:
        padded = weights.data.shape[2] * 4
        source = aligned_zeros(rows * padded + BLOCK * padded + SLACK_BYTES, np.uint8)
        _lay_out(left, source, padded, 128 if weights.tier is Tier.VNNI else 0)
        if weights.tier is Tier.VNNI:
            unsigned_bias = total_bias - weights.column_sums * np.int32(128)
            fours = -(-weights.inner // 4)
            _vnni(source, rows, fours, weights.data, unsigned_bias, multiplier, limits, sums_out, bytes_out)
        else:
            _amx(
                source,
                rows,
                weights.data,
                amx.CONFIGURATION,
                total_bias,
                multiplier,
                limits,
                sums_out,
                bytes_out,
            )
    return sums_out if requantization is None else bytes_out.view(requantization.dtype)


def shifted_bias(
    sums: NDArray[np.int32], bias: NDArray[np.int32] | None, zero_point: int
) -> NDArray[np.int32]:
    """The bias with the zero point of the input folded in, one per output channel."""
    if not -128 <= zero_point <= 127:
        raise OutOfRange(f"the zero point of int8 values lies in -128 … 127, not at {zero_point}")
    folded: NDArray[np.int32] = sums * np.int32(-zero_point)
    if bias is None:
        return folded
    array_of(bias, "bias", np.int32, 1)
    same_length(bias.size, sums.size, "biases (one per output channel)")
    return folded + bias


def outputs(
    rows: int, columns: int, requantization: Requantization | None
) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Room for the sums or for the bytes; the other one is empty."""
    if requantization is None:
        return np.empty((rows, columns), np.int32), np.empty((0, 0), np.uint8)
    return np.empty((0, 0), np.int32), np.empty((rows, columns), np.uint8)


@compiled
def _lay_out(left: NDArray[Any], source: NDArray[Any], padded: int, shift: int) -> None:
    inner = left.shape[1]
    flip = np.uint8(shift)
    for i in range(left.shape[0]):
        line = source[i * padded : i * padded + inner]
        values = left[i]
        for k in range(inner):
            line[k] = np.uint8(values[k]) ^ flip


@compiled
def _portable(
    left: NDArray[Any],
    data: NDArray[Any],
    bias: NDArray[Any],
    multiplier: NDArray[Any],
    limits: NDArray[Any],
    sums_out: NDArray[Any],
    bytes_out: NDArray[Any],
) -> None:
    rows, inner = left.shape
    source = left.ravel()
    sums = np.empty((BLOCK, PANEL), np.int32)
    for panel in range(data.shape[0]):
        for first in range(0, rows, BLOCK):
            count = min(BLOCK, rows - first)
            int8_tiles.portable_block(source, first * inner, inner, count, 0, data[panel], sums)
            int8_tiles.write_block(
                sums, first, count, panel * PANEL, bias, multiplier, limits, sums_out, bytes_out
            )


@compiled
def _vnni(
    source: NDArray[Any],
    rows: int,
    fours: int,
    data: NDArray[Any],
    bias: NDArray[Any],
    multiplier: NDArray[Any],
    limits: NDArray[Any],
    sums_out: NDArray[Any],
    bytes_out: NDArray[Any],
) -> None:
    padded = data.shape[2] * 4
    sums = np.empty((BLOCK, PANEL), np.int32)
    for panel in range(data.shape[0]):
        for first in range(0, rows, BLOCK):
            count = min(BLOCK, rows - first)
            int8_tiles.vnni_block(source, first * padded, padded, count, 0, fours, data[panel], sums)
            int8_tiles.write_block(
                sums, first, count, panel * PANEL, bias, multiplier, limits, sums_out, bytes_out
            )


@compiled
def _amx(
    source: NDArray[Any],
    rows: int,
    data: NDArray[Any],
    configuration: NDArray[Any],
    bias: NDArray[Any],
    multiplier: NDArray[Any],
    limits: NDArray[Any],
    sums_out: NDArray[Any],
    bytes_out: NDArray[Any],
) -> None:
    padded = data.shape[2] * 4
    sums = np.empty((BLOCK, PANEL), np.int32)
    amx.load_configuration(configuration)
    for panel in range(data.shape[0]):
        for first in range(0, rows, BLOCK):
            count = min(BLOCK, rows - first)
            amx.amx_block(source, first * padded, padded, 0, data[panel], sums)
            int8_tiles.write_block(
                sums, first, count, panel * PANEL, bias, multiplier, limits, sums_out, bytes_out
            )
    amx.release_tiles()
