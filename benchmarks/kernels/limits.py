"""What the machine could do at best, measured in the same run as the kernels: loops that do the unavoidable only.

A kernel that beats its limit shows that the loop here is too slow; the loop is what must change then.
"""

from functools import partial
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks.kernels.timing import Call
from reference_impl.kernels import simd
from reference_impl.kernels.aligned import aligned_copy
from reference_impl.kernels.tiers import Tier, cpu_allows
from reference_impl.kernels.words import load_word


def reading(data: NDArray[Any], times: int = 1) -> dict[str, Call]:
    """Every byte once, `times` over: as one stream and as four, since memory may like either better."""
    data_bytes = data.reshape(-1).view(np.uint8)
    if not cpu_allows(Tier.VNNI):
        return {
            "one read": partial(_read_words, data_bytes[: data_bytes.size // 8 * 8].view(np.int64), times)
        }
    return {
        "one read": partial(_read_in_order, data_bytes, times),
        "one read in four streams": partial(_read_four_streams, data_bytes, times),
    }


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


def look_ups(tier: Tier, vector: NDArray[np.float32], count: int) -> dict[str, Call]:
    """`count` entries of the vector, at known places and from the nearest cache: gathered, or one by one."""
    if tier is not Tier.VNNI:
        return {}
    places = np.random.default_rng(0).integers(0, vector.size, 2048).astype(np.int32)
    table = aligned_copy(vector)
    return {
        "gathers": partial(_gathers, table, aligned_copy(places), count // 64),
        "loads": partial(_loads, table, places, count // 8),
    }


def code_chains(payload: NDArray[np.uint8], used_bits: NDArray[np.uint64], steps: int) -> dict[str, Call]:
    """Four chains of `steps` look-ups, each of which must know how many bits the one before used."""
    return {"four chains of look-ups": partial(_chains, payload, used_bits, steps)}


@njit(fastmath=True)
def _read_words(words: NDArray[Any], times: int) -> np.int64:
    total = np.int64(0)
    for _ in range(times):
        for i in range(words.size):
            total += words[i]
    return total


@njit
def _read_in_order(data: NDArray[Any], times: int) -> int:
    a, b, c, d = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    e, f, g, h = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    for _ in range(times):
        for i in range(0, data.size - 511, 512):
            a = simd.add_i32(a, simd.load_i32(data, i))
            b = simd.add_i32(b, simd.load_i32(data, i + 64))
            c = simd.add_i32(c, simd.load_i32(data, i + 128))
            d = simd.add_i32(d, simd.load_i32(data, i + 192))
            e = simd.add_i32(e, simd.load_i32(data, i + 256))
            f = simd.add_i32(f, simd.load_i32(data, i + 320))
            g = simd.add_i32(g, simd.load_i32(data, i + 384))
            h = simd.add_i32(h, simd.load_i32(data, i + 448))
    left = simd.add_i32(simd.add_i32(a, b), simd.add_i32(c, d))
    return simd.sum_lanes(simd.add_i32(left, simd.add_i32(simd.add_i32(e, f), simd.add_i32(g, h))))


@njit
def _read_four_streams(data: NDArray[Any], times: int) -> int:
    a, b, c, d = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    e, f, g, h = simd.zero_i32(), simd.zero_i32(), simd.zero_i32(), simd.zero_i32()
    quarter = data.size // 512 * 128
    for _ in range(times):
        for i in range(0, quarter, 128):
            a = simd.add_i32(a, simd.load_i32(data, i))
            b = simd.add_i32(b, simd.load_i32(data, i + 64))
            c = simd.add_i32(c, simd.load_i32(data, i + quarter))
            d = simd.add_i32(d, simd.load_i32(data, i + quarter + 64))
            e = simd.add_i32(e, simd.load_i32(data, i + 2 * quarter))
            f = simd.add_i32(f, simd.load_i32(data, i + 2 * quarter + 64))
            g = simd.add_i32(g, simd.load_i32(data, i + 3 * quarter))
            h = simd.add_i32(h, simd.load_i32(data, i + 3 * quarter + 64))
    left = simd.add_i32(simd.add_i32(a, b), simd.add_i32(c, d))
    return simd.sum_lanes(simd.add_i32(left, simd.add_i32(simd.add_i32(e, f), simd.add_i32(g, h))))


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


@njit
def _gathers(table: NDArray[Any], places: NDArray[Any], count: int) -> NDArray[Any]:
    """`count` times four gathers of 16."""
    one = simd.splat_f32(np.float32(1))
    a, b, c, d = simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()
    steps = places.size // 64
    for i in range(count):
        at = i % steps * 64
        a = simd.multiply_add_f32(one, simd.gather_f32(table, simd.load_i32(places, at)), a)
        b = simd.multiply_add_f32(one, simd.gather_f32(table, simd.load_i32(places, at + 16)), b)
        c = simd.multiply_add_f32(one, simd.gather_f32(table, simd.load_i32(places, at + 32)), c)
        d = simd.multiply_add_f32(one, simd.gather_f32(table, simd.load_i32(places, at + 48)), d)
    out = np.empty(64, np.float32)
    simd.store_f32(out, 0, a)
    simd.store_f32(out, 16, b)
    simd.store_f32(out, 32, c)
    simd.store_f32(out, 48, d)
    return out


@njit
def _loads(table: NDArray[Any], places: NDArray[Any], count: int) -> Any:
    """`count` times eight loads and eight independent additions."""
    a = b = c = d = e = f = g = h = np.float32(0)
    steps = places.size // 8
    for i in range(count):
        at = i % steps * 8
        a += table[places[at]]
        b += table[places[at + 1]]
        c += table[places[at + 2]]
        d += table[places[at + 3]]
        e += table[places[at + 4]]
        f += table[places[at + 5]]
        g += table[places[at + 6]]
        h += table[places[at + 7]]
    return ((a + b) + (c + d)) + ((e + f) + (g + h))


@njit
def _chains(payload: NDArray[Any], used_bits: NDArray[Any], steps: int) -> Any:
    mask = np.uint64(used_bits.size - 1)
    # The places to read from are known beforehand, but for the seven bits that a chain hands on.
    end = payload.size - 16
    quarter = end // 4
    seven = np.uint64(7)
    a = b = c = d = np.uint64(0)
    for step in range(0, steps, 4):
        at = step // 4 * 6 % quarter
        a = load_word(payload, at + np.int64(a & seven))
        b = load_word(payload, at + quarter + np.int64(b & seven))
        c = load_word(payload, at + 2 * quarter + np.int64(c & seven))
        d = load_word(payload, at + 3 * quarter + np.int64(d & seven))
        for _ in range(4):
            a >>= used_bits[a & mask]
            b >>= used_bits[b & mask]
            c >>= used_bits[c & mask]
            d >>= used_bits[d & mask]
    return a ^ b ^ c ^ d
