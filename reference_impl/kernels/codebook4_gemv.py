"""Matrix times vector where the matrix is 4-bit codes into a codebook of 16 signed bytes.

The weights are never expanded: a byte shuffle looks 64 codes up at once. Layout: codes in the lanes of their rows
(`int8_lanes`), two registers of codes in one, the first in the low halves of the bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels import self_tests, simd
from reference_impl.kernels.aligned import aligned_copy
from reference_impl.kernels.arguments import array_of, products_fit, same_length, vector_of
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.int8_lanes import in_lanes
from reference_impl.kernels.tiers import Tier, choose, tiers_for

TIERS = tiers_for({Tier.VNNI: (self_tests.dots_are_right, self_tests.byte_tables_are_right)})

ENTRIES = 16

_INT8, _INT32 = np.dtype(np.int8), np.dtype(np.int32)

Array = NDArray[Any]


@dataclass(frozen=True)
class Codebook4Weights:
    """4-bit codes of shape (rows, columns) and their codebook, ready for `codebook4_gemv`; made by `pack_codebook4`."""

    rows: int
    columns: int
    data: NDArray[np.uint8]  # (groups of 16 rows, groups of 8 columns, 16, 4)
    table: NDArray[np.int8]  # the codebook four times, once per quarter of a register
    shift: NDArray[np.int32]  # (rows,): 128 times the sum of the row's weights
    tier: Tier
    kernel: Callable[..., None]


def pack_codebook4(
    codes: NDArray[np.uint8], codebook: NDArray[np.int8], *, tier: Tier | None = None
) -> Codebook4Weights:
    """Pack uint8 `codes` (rows, columns), each below 16, that stand for codebook[code]; codebook: int8 (16,).

    `tier` is for tests and benchmarks. Raises WrongDtype, EmptyInput, and OutOfRange for other shapes, a code of 16 or
    more, or more than 65535 columns.
    """
    array_of(codes, "codes", np.uint8, 2)
    array_of(codebook, "codebook", np.int8, 1)
    same_length(codebook.size, ENTRIES, "entries of the codebook")
    if codes.max() >= ENTRIES:
        raise OutOfRange(f"a code of 4 bits is below 16, not {codes.max()}")
    rows, columns = codes.shape
    products_fit(columns)
    lanes = in_lanes(codes.view(np.int8)).view(np.uint8)
    chosen = choose(TIERS, tier)
    return Codebook4Weights(
        rows,
        columns,
        aligned_copy(lanes[:, 0::2] | lanes[:, 1::2] << 4),
        np.tile(codebook, 4),
        codebook.astype(np.int32)[codes].sum(axis=1, dtype=np.int32) * np.int32(128),
        chosen,
        {Tier.VNNI: _vnni, Tier.PORTABLE: _portable, Tier.NUMPY: _definition}[chosen],
    )


def codebook4_gemv(weights: Codebook4Weights, vector: NDArray[np.int8]) -> NDArray[np.int32]:
    """codebook[codes] @ vector: int8 (columns,) to exact int32 (rows,).

    Raises WrongDtype for another dtype and OutOfRange for another length.
    """
    contiguous = vector_of(vector, "vector", _INT8, weights.columns)
    result = np.empty(weights.rows, _INT32)
    weights.kernel(weights.data, weights.table, weights.shift, contiguous, result)
    return result


def _definition(data: Array, table: Array, shift: Array, vector: Array, result: Array) -> None:
    groups, pairs = data.shape[:2]
    lanes = np.stack([data & 15, data >> 4], axis=2)  # (groups, pairs, 2, 16, 4)
    codes = lanes.transpose(0, 3, 1, 2, 4).reshape(groups * 16, pairs * 8)[: result.size, : vector.size]
    np.matmul(table[codes], vector, out=result, dtype=np.int32)


@compiled
def _portable(data: Array, table: Array, shift: Array, vector: Array, result: Array) -> None:
    pairs = data.shape[1]
    padded = np.zeros(pairs * 8, np.int32)
    padded[: vector.size] = vector
    # One look-up per byte: the two weights of each of the 256 possible bytes.
    low = np.empty(256, np.int32)
    high = np.empty(256, np.int32)
    for byte in range(256):
        low[byte] = table[byte & 15]
        high[byte] = table[byte >> 4]
    for i in range(result.size):
        lane = data[i // 16, :, i % 16]
        total = np.int32(0)
        for pair in range(pairs):
            eight = padded[pair * 8 : pair * 8 + 8]
            for k in range(4):
                byte = lane[pair, k]
                total = np.int32(total + low[byte] * eight[k] + high[byte] * eight[k + 4])
        result[i] = total


@compiled
def _vnni(data: Array, table: Array, shift: Array, vector: Array, result: Array) -> None:
    groups, pairs = data.shape[:2]
    # Padding must be zero after the shift by 128, whatever weight its code stands for.
    shifted = np.zeros(pairs * 8, np.uint8)
    for k in range(vector.size):
        shifted[k] = np.uint8(vector[k]) ^ np.uint8(128)
    sums = np.empty(groups * 16, np.int32)
    _look_up_and_dot(data, table, shifted, sums)
    for i in range(result.size):
        result[i] = sums[i] - shift[i]


@compiled
def _look_up_and_dot(data: Array, table: Array, vector: Array, sums: Array) -> None:
    groups, pairs = data.shape[:2]
    flat = data.ravel()
    entries = simd.load_i32(table, 0)
    nibble, four = simd.splat_i32(np.int32(0x0F0F0F0F)), simd.splat_i32(np.int32(4))
    for group in range(groups):
        a, b, c, d = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
        start = group * pairs * 64
        for k in range(0, pairs * 8, 16):
            packed = simd.load_i32(flat, start + k * 8)
            low = simd.look_up_bytes(entries, simd.and_i32(packed, nibble))
            high = simd.look_up_bytes(entries, simd.and_i32(simd.shift_right_i32(packed, four), nibble))
            a = simd.dot_bytes(a, simd.splat_4_bytes(vector, k), low)
            b = simd.dot_bytes(b, simd.splat_4_bytes(vector, k + 4), high)
            packed = simd.load_i32(flat, start + k * 8 + 64)
            low = simd.look_up_bytes(entries, simd.and_i32(packed, nibble))
            high = simd.look_up_bytes(entries, simd.and_i32(simd.shift_right_i32(packed, four), nibble))
            c = simd.dot_bytes(c, simd.splat_4_bytes(vector, k + 8), low)
            d = simd.dot_bytes(d, simd.splat_4_bytes(vector, k + 12), high)
        simd.store_i32(sums, group * 16, simd.add_i32(simd.add_i32(a, b), simd.add_i32(c, d)))
