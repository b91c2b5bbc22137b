"""A matrix of signed bytes laid out so that 16 rows grow in the 16 lanes of one register.

A register of 64 bytes holds four neighbouring columns of 16 rows; the next register holds the next four columns of
the same rows. So the matrix is read once from start to end, no lanes are added up, and only columns to a multiple of 16
and rows to a multiple of 16 are filled with zeros.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import simd
from reference_impl.kernels.aligned import aligned_zeros
from reference_impl.kernels.compiled import compiled

ROWS = 16
COLUMNS_PER_REGISTER = 4
COLUMNS_PER_STEP = 16  # four registers, so that four chains of products run side by side


def in_lanes(matrix: NDArray[np.int8]) -> NDArray[np.int8]:
    """Copy int8 `matrix` (rows, columns) to (groups of 16 rows, groups of 4 columns, 16, 4), zeros in the padding."""
    rows, columns = matrix.shape
    groups = -(-rows // ROWS)
    quads = -(-columns // COLUMNS_PER_STEP) * COLUMNS_PER_STEP // COLUMNS_PER_REGISTER
    padded = np.zeros((groups * ROWS, quads * COLUMNS_PER_REGISTER), np.int8)
    padded[:rows, :columns] = matrix
    lanes = aligned_zeros((groups, quads, ROWS, COLUMNS_PER_REGISTER), np.int8)
    lanes[...] = padded.reshape(groups, ROWS, quads, COLUMNS_PER_REGISTER).swapaxes(1, 2)
    return lanes


@compiled
def dots_in_lanes(lanes: NDArray[Any], vector: NDArray[Any], sums: NDArray[Any]) -> None:
    """sums (groups * 16) = matrix @ vector; vector: uint8 with as many elements as the padded matrix has columns."""
    groups, quads = lanes.shape[:2]
    flat = lanes.ravel()
    for group in range(groups):
        a, b, c, d = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
        start = group * quads * 64
        for k in range(0, quads * 4, 16):
            place = start + k * 16
            a = simd.dot_bytes(a, simd.splat_4_bytes(vector, k), simd.load_i32(flat, place))
            b = simd.dot_bytes(b, simd.splat_4_bytes(vector, k + 4), simd.load_i32(flat, place + 64))
            c = simd.dot_bytes(c, simd.splat_4_bytes(vector, k + 8), simd.load_i32(flat, place + 128))
            d = simd.dot_bytes(d, simd.splat_4_bytes(vector, k + 12), simd.load_i32(flat, place + 192))
        simd.store_i32(sums, group * 16, simd.add_i32(simd.add_i32(a, b), simd.add_i32(c, d)))
