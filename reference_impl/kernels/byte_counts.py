"""How often each value occurs in a row of bytes.

With 512-bit registers values below 64 are counted 64 at a time: bit p of 64 bytes makes one word, plane p; ANDs of
planes and their complements say which bytes have a value, and the set bits are counted.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import simd, simd_lanes
from reference_impl.kernels.compiled import compiled

_WORDS = 64  # per plane and block
_BLOCK = 64 * _WORDS  # bytes
_LOW_PLANES, _HIGH_PLANES = 4, 2
_LOW_SETS, _HIGH_SETS = 1 << _LOW_PLANES, 1 << _HIGH_PLANES
_COUNTED_WIDE = _LOW_SETS * _HIGH_SETS


def count(values: NDArray[np.uint8], wide: bool) -> NDArray[np.int64]:
    """For each of the 256 values. wide: with 512-bit registers, where the values of a block are below 64."""
    counts: NDArray[np.int64] = (_count_wide if wide else _count)(values)
    return counts


@compiled
def _count(values: Any) -> Any:
    counts = np.zeros((4, 256), np.int64)  # four tables: equal neighbours do not wait for each other
    whole = values.size // 4 * 4
    for i in range(0, whole, 4):
        counts[0, values[i]] += 1
        counts[1, values[i + 1]] += 1
        counts[2, values[i + 2]] += 1
        counts[3, values[i + 3]] += 1
    for i in range(whole, values.size):
        counts[0, values[i]] += 1
    return counts[0] + counts[1] + counts[2] + counts[3]


@compiled
def _count_wide(values: Any) -> Any:
    planes = np.empty((_LOW_PLANES + _HIGH_PLANES) * _WORDS, np.uint64)
    low, high = np.empty(_LOW_SETS * _WORDS, np.uint64), np.empty(_HIGH_SETS * _WORDS, np.uint64)
    lanes = np.zeros(_COUNTED_WIDE * 8, np.uint64)
    counts = np.zeros(256, np.int64)
    whole = values.size // _BLOCK * _BLOCK
    for start in range(0, whole, _BLOCK):
        block = values[start : start + _BLOCK]
        if _split_into_planes(block, planes):
            _split_into_sets(planes, 0, _LOW_PLANES, low)
            _split_into_sets(planes, _LOW_PLANES, _HIGH_PLANES, high)
            _count_members(low, high, lanes)
        else:
            counts += _count(block)
    counts += _count(values[whole:])
    counts[:_COUNTED_WIDE] += lanes.view(np.int64).reshape((_COUNTED_WIDE, 8)).sum(axis=1)
    return counts


@compiled
def _split_into_planes(block: Any, planes: Any) -> Any:
    """Whether all bytes are below 64; if so, bit i of word w of plane p is bit p of byte 64 w + i."""
    seen = simd.zero_i32()
    for word in range(_WORDS):
        seen = simd_lanes.or_bits(seen, simd.load_i32(block, 64 * word))
    for plane in range(_LOW_PLANES + _HIGH_PLANES, 8):
        if simd_lanes.plane_of_bytes(seen, plane):
            return False
    for word in range(_WORDS):
        loaded = simd.load_i32(block, 64 * word)
        for plane in range(_LOW_PLANES + _HIGH_PLANES):
            planes[plane * _WORDS + word] = simd_lanes.plane_of_bytes(loaded, plane)
    return True


@compiled
def _split_into_sets(planes: Any, first: Any, used: Any, sets: Any) -> None:
    """Set s: the bytes in which the `used` planes from `first` on spell s."""
    for word in range(0, _WORDS, 8):
        simd.store_i32(sets, word, simd_lanes.splat_u64(~np.uint64(0)))
        for plane in range(used):
            bits = simd.load_i32(planes, (first + plane) * _WORDS + word)
            for s in range(1 << plane):
                both = simd.load_i32(sets, s * _WORDS + word)
                simd.store_i32(sets, s * _WORDS + word, simd_lanes.and_not(both, bits))
                simd.store_i32(sets, (s + (1 << plane)) * _WORDS + word, simd.and_i32(both, bits))


@compiled
def _count_members(low: Any, high: Any, lanes: Any) -> None:
    for h in range(_HIGH_SETS):
        if not high[h * _WORDS : (h + 1) * _WORDS].any():
            continue
        for s in range(_LOW_SETS):
            place = 8 * (h * _LOW_SETS + s)
            found = simd.load_i32(lanes, place)
            for word in range(0, _WORDS, 8):
                members = simd.and_i32(
                    simd.load_i32(low, s * _WORDS + word), simd.load_i32(high, h * _WORDS + word)
                )
                found = simd_lanes.add_u64(found, simd_lanes.count_bits_u64(members))
            simd.store_i32(lanes, place, found)
