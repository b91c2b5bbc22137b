"""Arithmetic from registers, in more chains than latency times instructions per cycle."""

from functools import partial
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks.kernels.timing import Call
from reference_impl.kernels import simd
from reference_impl.kernels.tiers import Tier


def dot_products(tier: Tier, products: int) -> dict[str, Call]:
    """`products` multiplications of bytes from registers; none for tiles, whose peak is not measured."""
    if tier is not Tier.VNNI:
        return {}
    return {"byte dot products": partial(_dot_products, np.zeros(128, np.uint8), products // (64 * 12))}


def multiply_adds(tier: Tier, products: int) -> dict[str, Call]:
    """`products` float32 multiply-adds from registers."""
    if tier is not Tier.VNNI:
        return {}
    return {"multiply-adds": partial(_multiply_adds, np.ones(32, np.float32), products // (16 * 12))}


@njit
def _dot_products(data: NDArray[Any], count: int) -> int:
    """Twelve chains: more than latency times instructions per cycle of the CPUs there are."""
    x, w = simd.load_i32(data, 0), simd.load_i32(data, 64)
    a, b, c, d = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    e, f, g, h = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    p, q, r, s = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    for _ in range(count):
        a, b, c = simd.dot_bytes(a, x, w), simd.dot_bytes(b, x, w), simd.dot_bytes(c, x, w)
        d, e, f = simd.dot_bytes(d, x, w), simd.dot_bytes(e, x, w), simd.dot_bytes(f, x, w)
        g, h, p = simd.dot_bytes(g, w, x), simd.dot_bytes(h, w, x), simd.dot_bytes(p, w, x)
        q, r, s = simd.dot_bytes(q, w, x), simd.dot_bytes(r, w, x), simd.dot_bytes(s, w, x)
    first = simd.add_i32(simd.add_i32(simd.add_i32(a, b), simd.add_i32(c, d)), simd.add_i32(e, f))
    last = simd.add_i32(simd.add_i32(simd.add_i32(g, h), simd.add_i32(p, q)), simd.add_i32(r, s))
    return simd.sum_lanes(simd.add_i32(first, last))


@njit
def _multiply_adds(data: NDArray[Any], count: int) -> NDArray[Any]:
    """Twelve chains of 16 lanes."""
    x, w = simd.load_f32(data, 0), simd.load_f32(data, 16)
    a, b, c, d = simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()
    e, f, g, h = simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()
    p, q, r, s = simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()
    fma = simd.multiply_add_f32
    for _ in range(count):
        a, b, c, d = fma(x, w, a), fma(x, w, b), fma(x, w, c), fma(x, w, d)
        e, f, g, h = fma(x, w, e), fma(x, w, f), fma(x, w, g), fma(x, w, h)
        p, q, r, s = fma(x, w, p), fma(x, w, q), fma(x, w, r), fma(x, w, s)
    first = fma(x, fma(x, fma(x, a, b), fma(x, c, d)), fma(x, e, f))
    last = fma(x, fma(x, fma(x, g, h), fma(x, p, q)), fma(x, r, s))
    out = np.empty(16, np.float32)
    simd.store_f32(out, 0, fma(x, first, last))
    return out
