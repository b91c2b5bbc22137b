"""Memory: every byte once."""

from functools import partial
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks.kernels.timing import Call
from reference_impl.kernels import simd
from reference_impl.kernels.tiers import Tier, cpu_allows


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
