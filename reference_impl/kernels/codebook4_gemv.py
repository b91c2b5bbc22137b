"""Matrix times vector where the matrix is 4-bit codes into a codebook of 16 signed bytes.

The weights are never expanded: a byte shuffle looks 64 codes up at once. Two codes share a byte; a block of 64 bytes holds
128 neighbouring columns, the first 64 in the low halves.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels import self_tests, simd
from reference_impl.kernels.aligned import aligned_zeros
from reference_impl.kernels.arguments import array_of, products_fit, same_length
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.tiers import Tier, choose, tiers_for

TIERS = tiers_for({Tier.VNNI: (self_tests.dots_are_right, self_tests.byte_tables_are_right)})

ENTRIES = 16
_COLUMNS_PER_BLOCK = 128


@dataclass(frozen=True)
class Codebook4Weights:
    """4-bit codes of shape (rows, columns) and their codebook, ready for `codebook4_gemv`; made by `pack_codebook4`."""

    rows: int
    columns: int
    data: NDArray[np.uint8]  # (rows, blocks, 64)
    table: NDArray[np.int8]  # the codebook four times, once per quarter of a register
    shift: NDArray[np.int32]  # (rows,): 128 times the sum of the row's weights
    tier: Tier


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
    blocks = -(-columns // _COLUMNS_PER_BLOCK)
    full = np.zeros((rows, blocks * _COLUMNS_PER_BLOCK), np.uint8)
    full[:, :columns] = codes
    halves = full.reshape(rows, blocks, 2, 64)
    data = aligned_zeros((rows, blocks, 64), np.uint8)
    data[...] = halves[:, :, 0] | halves[:, :, 1] << 4
    shift = codebook.astype(np.int32)[codes].sum(axis=1, dtype=np.int32) * np.int32(128)
    return Codebook4Weights(rows, columns, data, np.tile(codebook, 4), shift, choose(TIERS, tier))


def codebook4_gemv(weights: Codebook4Weights, vector: NDArray[np.int8]) -> NDArray[np.int32]:
    """codebook[codes] @ vector: int8 (columns,) to exact int32 (rows,).

    Raises WrongDtype for another dtype and OutOfRange for another length.
    """
    array_of(vector, "vector", np.int8, 1)
    same_length(vector.size, weights.columns, "length of the vector")
    if weights.tier is Tier.NUMPY:
        codes = np.concatenate([weights.data & 15, weights.data >> 4], axis=2).reshape(weights.rows, -1)
        matrix = weights.table[codes[:, : weights.columns]]
        return matrix.astype(np.int32) @ vector.astype(np.int32)
    result = np.empty(weights.rows, np.int32)
    padded = np.zeros(weights.data.shape[1] * _COLUMNS_PER_BLOCK, np.int8)
    padded[: weights.columns] = vector
    if weights.tier is Tier.PORTABLE:
        _portable(weights.data, weights.table, padded, result)
    else:
        # Padding must stay zero after the shift, whatever weight its code stands for.
        unsigned = padded.view(np.uint8)
        unsigned[: weights.columns] ^= np.uint8(128)
        _vnni(weights.data, weights.table, weights.shift, unsigned, result)
    return result


@compiled
def _portable(data: NDArray[Any], table: NDArray[Any], vector: NDArray[Any], result: NDArray[Any]) -> None:
    rows, blocks, _ = data.shape
    # One look-up per byte: the two weights of each of the 256 possible bytes.
    low = np.empty(256, np.int32)
    high = np.empty(256, np.int32)
    for byte in range(256):
        low[byte] = table[byte & 15]
        high[byte] = table[byte >> 4]
    for i in range(rows):
        total = np.int32(0)
        for block in range(blocks):
            packed = data[i, block]
            first = vector[block * 128 : block * 128 + 64]
            second = vector[block * 128 + 64 : block * 128 + 128]
            for k in range(64):
                byte = packed[k]
                total = np.int32(total + low[byte] * np.int32(first[k]) + high[byte] * np.int32(second[k]))
        result[i] = total


@compiled
def _vnni(
    data: NDArray[Any], table: NDArray[Any], shift: NDArray[Any], vector: NDArray[Any], result: NDArray[Any]
) -> None:
    rows, blocks, _ = data.shape
    flat = data.ravel()
    entries = simd.load_i32(table, 0)
    nibble, four = simd.splat_i32(np.int32(0x0F0F0F0F)), simd.splat_i32(np.int32(4))
    length = blocks * 64
    paired = rows // 2 * 2
    for i in range(0, paired, 2):
        a, b, c, d = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
        start = i * length
        for k in range(0, length, 64):
            first, second = simd.load_i32(vector, 2 * k), simd.load_i32(vector, 2 * k + 64)
            packed = simd.load_i32(flat, start + k)
            high = simd.and_i32(simd.shift_right_i32(packed, four), nibble)
            a = simd.dot_bytes(a, first, simd.look_up_bytes(entries, simd.and_i32(packed, nibble)))
            b = simd.dot_bytes(b, second, simd.look_up_bytes(entries, high))
            packed = simd.load_i32(flat, start + length + k)
            high = simd.and_i32(simd.shift_right_i32(packed, four), nibble)
            c = simd.dot_bytes(c, first, simd.look_up_bytes(entries, simd.and_i32(packed, nibble)))
            d = simd.dot_bytes(d, second, simd.look_up_bytes(entries, high))
        result[i] = simd.sum_lanes(simd.add_i32(a, b)) - shift[i]
        result[i + 1] = simd.sum_lanes(simd.add_i32(c, d)) - shift[i + 1]
    for i in range(paired, rows):
        a, b = simd.zero_i32(), simd.zero_i32()
        for k in range(0, length, 64):
            packed = simd.load_i32(flat, i * length + k)
            high = simd.and_i32(simd.shift_right_i32(packed, four), nibble)
            low = simd.look_up_bytes(entries, simd.and_i32(packed, nibble))
            a = simd.dot_bytes(a, simd.load_i32(vector, 2 * k), low)
            b = simd.dot_bytes(b, simd.load_i32(vector, 2 * k + 64), simd.look_up_bytes(entries, high))
        result[i] = simd.sum_lanes(simd.add_i32(a, b)) - shift[i]
