"""Tables: entries at known places, and chains in which each place depends on the one before."""

from functools import partial
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks.kernels.timing import Call
from reference_impl.kernels import simd
from reference_impl.kernels.aligned import aligned_copy
from reference_impl.kernels.tiers import Tier
from reference_impl.kernels.words import load_word


def look_ups(tier: Tier, vector: NDArray[np.float32], count: int) -> dict[str, Call]:
    """`count` entries of the vector, at known places: from registers, or from the nearest cache, gathered or one by one."""
    if tier is not Tier.VNNI:
        return {}
    places = np.random.default_rng(0).integers(0, vector.size, 2048).astype(np.int32)
    table = aligned_copy(vector)
    return {
        "look-ups in registers": partial(
            _register_look_ups, _normal_128(), aligned_copy(places), count // 64
        ),
        "gathers": partial(_gathers, table, aligned_copy(places), count // 64),
        "loads": partial(_loads, table, places, count // 8),
    }


def code_chains(payload: NDArray[np.uint8], used_bits: NDArray[np.uint64], steps: int) -> dict[str, Call]:
    """Four chains of `steps` look-ups, each of which must know how many bits the one before used."""
    return {"four chains of look-ups": partial(_chains, payload, used_bits, steps)}


def _normal_128() -> NDArray[np.float32]:
    """As much as eight registers hold."""
    return np.random.default_rng(0).standard_normal(128).astype(np.float32)


@njit
def _gather(table: NDArray[Any], places: Any) -> Any:
    return simd.gather_f32(table, places)


@njit
def _in_registers(table: NDArray[Any], places: Any) -> Any:
    # Nothing is written in the loop around it, so the compiler loads the table once.
    return simd.look_up_128_f32(simd.load_128_f32(table, 0), places)


def _by_sixteens(look_up: Any) -> Any:
    """A loop of its own for `look_up`: handed over as an argument it would cost microseconds a call."""

    @njit
    def repeat(table: NDArray[Any], places: NDArray[Any], count: int) -> NDArray[Any]:
        one = simd.splat_f32(np.float32(1))
        a, b, c, d = simd.zero_f32(), simd.zero_f32(), simd.zero_f32(), simd.zero_f32()
        steps = places.size // 64
        for i in range(count):
            at = i % steps * 64
            a = simd.multiply_add_f32(one, look_up(table, simd.load_i32(places, at)), a)
            b = simd.multiply_add_f32(one, look_up(table, simd.load_i32(places, at + 16)), b)
            c = simd.multiply_add_f32(one, look_up(table, simd.load_i32(places, at + 32)), c)
            d = simd.multiply_add_f32(one, look_up(table, simd.load_i32(places, at + 48)), d)
        out = np.empty(64, np.float32)
        simd.store_f32(out, 0, a)
        simd.store_f32(out, 16, b)
        simd.store_f32(out, 32, c)
        simd.store_f32(out, 48, d)
        return out

    return repeat


_gathers = _by_sixteens(_gather)
_register_look_ups = _by_sixteens(_in_registers)


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
