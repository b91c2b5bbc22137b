"""What the machine could do at best, measured in the same run as the kernels."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reference_impl.kernels import simd


@njit(fastmath=True)
def read_once(words: NDArray[Any]) -> np.int64:
    total = np.int64(0)
    for i in range(words.size):
        total += words[i]
    return total


@njit
def dot_products(data: NDArray[Any], count: int) -> int:
    """`count` times eight independent 64-byte dot products from registers."""
    x, w = simd.load_i32(data, 0), simd.load_i32(data, 64)
    a, b, c, d = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    e, f, g, h = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    for _ in range(count):
        a, b, c, d = (
            simd.dot_bytes(a, x, w),
            simd.dot_bytes(b, x, w),
            simd.dot_bytes(c, x, w),
            simd.dot_bytes(d, x, w),
        )
        e, f, g, h = (
            simd.dot_bytes(e, w, x),
            simd.dot_bytes(f, w, x),
            simd.dot_bytes(g, w, x),
            simd.dot_bytes(h, w, x),
        )
    left = simd.add_i32(simd.add_i32(a, b), simd.add_i32(c, d))
    return simd.sum_lanes(simd.add_i32(left, simd.add_i32(simd.add_i32(e, f), simd.add_i32(g, h))))


@njit
def gathers(table: NDArray[Any], indices: NDArray[Any], out: NDArray[Any], count: int) -> None:
    """`count` 16-lane gathers from a table in the nearest cache."""
    one = simd.splat_f32(np.float32(1))
    a, b = simd.zero_f32(), simd.zero_f32()
    steps = indices.size // 32
    for i in range(count // 2):
        at = i % steps * 32
        a = simd.multiply_add_f32(one, simd.gather_f32(table, simd.load_i32(indices, at)), a)
        b = simd.multiply_add_f32(one, simd.gather_f32(table, simd.load_i32(indices, at + 16)), b)
    simd.store_f32(out, 0, a)
    simd.store_f32(out, 16, b)
