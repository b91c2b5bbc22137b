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
from reference_impl.kernels.compiled import inlined

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


def filled_up(of_rows: NDArray[Any]) -> NDArray[Any]:
    """A copy of one number per row (..., rows), with zeros for the rows that fill the last group."""
    rows = of_rows.shape[-1]
    copy = np.zeros((*of_rows.shape[:-1], -(-rows // ROWS) * ROWS), of_rows.dtype)
    copy[..., :rows] = of_rows
    return copy


@inlined
def dots_of_group(flat: NDArray[Any], group: int, vector: NDArray[Any], total: Any) -> Any:
    """`total` + the group's 16 rows @ vector, one register; flat: the elements of what `in_lanes` gives.

    vector: uint8, with as many elements as the padded matrix has columns.
    """
    start = group * ROWS * vector.size
    a, b, c, d = total, simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    for k in range(0, vector.size, COLUMNS_PER_STEP):
        place = start + k * ROWS
        a = simd.dot_bytes(a, simd.splat_4_bytes(vector, k), simd.load_i32(flat, place))
        b = simd.dot_bytes(b, simd.splat_4_bytes(vector, k + 4), simd.load_i32(flat, place + 64))
        c = simd.dot_bytes(c, simd.splat_4_bytes(vector, k + 8), simd.load_i32(flat, place + 128))
        d = simd.dot_bytes(d, simd.splat_4_bytes(vector, k + 12), simd.load_i32(flat, place + 192))
    return simd.add_i32(simd.add_i32(a, b), simd.add_i32(c, d))
