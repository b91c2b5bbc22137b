"""One small experiment per intrinsic, run before a tier is trusted.

Operand types and meanings of LLVM's x86 intrinsics have changed between versions; a wrong one must cost speed,
never correctness. Each test compares with numpy on values that use the whole range.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import simd, simd_floats, simd_lanes
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.tiers import cpu_has

Array = NDArray[Any]


def _bytes(seed: int, count: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, count, dtype=np.uint8)


@compiled
def _dot(unsigned: Array, signed: Array, totals: Array) -> int:
    vector = simd.dot_bytes(simd.load_i32(totals, 0), simd.load_i32(unsigned, 3), simd.load_i32(signed, 0))
    simd.store_i32(totals, 0, vector)
    again = simd.dot_bytes(simd.zero_i32(), simd.splat_4_bytes(unsigned, 1), simd.load_i32(signed, 0))
    return simd.sum_lanes(simd.add_i32(vector, again))


def dots_are_right() -> bool:
    unsigned, signed = _bytes(1, 80), _bytes(2, 64).view(np.int8)
    totals = np.arange(16, dtype=np.int32) - 8
    signed_wide = signed.astype(np.int32).reshape(16, 4)
    want = totals + (unsigned[3:67].astype(np.int32).reshape(16, 4) * signed_wide).sum(1)
    again = (unsigned[1:5].astype(np.int32) * signed_wide).sum()
    return bool(_dot(unsigned, signed, totals) == want.sum() + again and np.array_equal(totals, want))


@compiled
def _look_up(packed: Array, table: Array, out: Array) -> None:
    nibble, four = simd.splat_i32(np.int32(0x0F0F0F0F)), simd.splat_i32(np.int32(4))
    entries, loaded = simd.load_i32(table, 0), simd.load_i32(packed, 0)
    simd.store_i32(out, 0, simd.look_up_bytes(entries, simd.and_i32(loaded, nibble)))
    high = simd.and_i32(simd.shift_right_i32(loaded, four), nibble)
    simd.store_i32(out, 64, simd.look_up_bytes(entries, high))


def byte_tables_are_right() -> bool:
    packed, table, out = _bytes(3, 64), _bytes(4, 16), np.zeros(128, np.uint8)
    _look_up(packed, np.tile(table, 4), out)
    return np.array_equal(out, np.concatenate([table[packed & 15], table[packed >> 4]]))


@compiled
def _unpack(stream: Array, out: Array) -> None:
    simd.store_i32(out, 0, simd.unpack_8(stream, 1))
    simd.store_i32(out, 16, simd.unpack_9(stream, 1))
    simd.store_i32(out, 32, simd.unpack_10(stream, 1))


def fields_are_right() -> bool:
    stream, out = _bytes(6, 80), np.zeros(48, np.int32)
    _unpack(stream, out)
    whole = int.from_bytes(stream[1:].tobytes(), "little")
    want = [whole >> (width * lane) & ((1 << width) - 1) for width in (8, 9, 10) for lane in range(16)]
    return np.array_equal(out, want)


@compiled
def _gather(table: Array, indices: Array, out: Array) -> None:
    places = simd.load_i32(indices, 0)
    low, high = simd.load_f32(table, 0), simd.load_f32(table, 16)
    gathered = simd.gather_f32(table, places)
    simd.store_f32(out, 0, gathered)
    simd.store_f32(out, 16, simd.look_up_32_f32(low, places, high))
    simd.store_f32(out, 32, simd.multiply_add_f32(gathered, simd.splat_f32(table[3]), simd.zero_f32()))


def gathers_are_right() -> bool:
    random = np.random.default_rng(7)
    table, indices = (
        random.integers(-999, 999, 64).astype(np.float32),
        random.permutation(64)[:16].astype(np.int32),
    )
    out = np.zeros(48, np.float32)
    _gather(table, indices, out)
    want = [table[indices], table[indices % 32], table[indices] * table[3]]
    return np.array_equal(out, np.concatenate(want))


@compiled
def _permute(source: Array, places: Array, out: Array) -> None:
    loaded, control = simd.load_i32(source, 0), simd.load_i32(places, 0)
    simd.store_i32(out, 0, simd_lanes.permute_bytes(loaded, control))
    simd.store_i32(out, 64, simd_lanes.cut_bytes(control, loaded))


def byte_permutations_are_right() -> bool:
    """False too where the CPU lacks AVX512-VBMI: compiling for it would end the process."""
    if not cpu_has("avx512vbmi"):
        return False
    source, places, out = _bytes(8, 64), _bytes(9, 64), np.zeros(128, np.uint8)
    _permute(source, places, out)
    words = [int(word) for word in source.view(np.uint64)]
    doubled = [words[i // 8] << 64 | words[i // 8] for i in range(64)]
    cut = [word >> (int(start) & 63) & 255 for word, start in zip(doubled, places, strict=True)]
    return np.array_equal(out, np.concatenate([source[places & 63], np.array(cut, np.uint8)]))


@compiled
def _lanes(source: Array, counts: Array, out: Array) -> Any:
    left, right = simd.load_i32(source, 0), simd.load_i32(source, 8)
    by = simd.load_i32(counts, 0)
    simd.store_i32(out, 0, simd_lanes.or_bits(left, right))
    simd.store_i32(out, 8, simd_lanes.add_u64(left, right))
    simd.store_i32(out, 16, simd_lanes.shift_left_u64(left, by))
    simd.store_i32(out, 24, simd_lanes.shift_right_u64(left, by))
    simd.store_i32(out, 32, simd_lanes.splat_u64(source[5]))
    greater = simd_lanes.any_greater_u64(simd.load_i32(out, 0), simd.load_i32(out, 32))
    return greater and not simd_lanes.any_greater_u64(left, simd.load_i32(out, 0))


def wide_lanes_are_right() -> bool:
    source, counts = _bytes(10, 128).view(np.uint64), np.array([0, 1, 7, 8, 31, 32, 33, 63], np.uint64)
    out, left, right = np.zeros(40, np.uint64), source[:8], source[8:]
    greater = _lanes(source, counts, out)
    want = [left | right, left + right, left << counts, left >> counts, np.full(8, source[5])]
    return bool(greater) == bool((want[0] > source[5]).any()) and np.array_equal(out, np.concatenate(want))


@compiled
def _round(totals: Array, factors: Array, out: Array) -> None:
    scaled = simd.multiply_f32(simd.to_f32(simd.load_i32(totals, 0)), simd.load_f32(factors, 0))
    shifted = simd.add_f32(simd.round_f32(scaled), simd.splat_f32(np.float32(3)))
    low, high = simd.splat_f32(np.float32(-100)), simd.splat_f32(np.float32(120))
    simd.store_low_bytes(out, 1, simd.to_i32(simd.min_f32(simd.max_f32(shifted, low), high)))


def rounding_is_right() -> bool:
    """Halves of both signs, what is clamped, and sums too large for float32 to hold exactly."""
    totals = np.array([*range(-5, 6), 2**31 - 1, -(2**31), 16_777_217, 100_001, -7], np.int32)
    factors, out = np.full(16, 0.5, np.float32), np.zeros(18, np.int8)
    factors[13:15] = 2.0**-20, 1e-3
    _round(totals, factors, out)
    want = np.clip(np.rint(totals.astype(np.float32) * factors) + np.float32(3), -100, 120)
    return np.array_equal(out[1:17], want) and not out[0] and not out[17]


@compiled
def _long_table(table: Array, indices: Array, out: Array) -> None:
    entries = simd.load_128_f32(table, 2)
    for k in range(0, indices.size, 16):
        simd.store_f32(out, k, simd.look_up_128_f32(entries, simd.load_i32(indices, k)))


def long_tables_are_right() -> bool:
    random = np.random.default_rng(8)
    table, out = random.integers(-999, 999, 130).astype(np.float32), np.zeros(256, np.float32)
    indices = random.permutation(256).astype(np.int32)
    _long_table(table, indices, out)
    return np.array_equal(out, table[2 + indices % 128])


@compiled
def _words(table: Array, indices: Array, out: Array) -> Any:
    low, high, at = simd.load_i32(table, 0), simd.load_i32(table, 32), simd.load_i32(indices, 0)
    simd.store_i32(out, 0, simd_lanes.look_up_64_u16(low, at, high))
    simd.store_i32(out, 32, simd_lanes.least_u16(low, high))
    return simd_lanes.any_zero_u16(at) and not simd_lanes.any_zero_u16(low)


def word_tables_are_right() -> bool:
    table, out = _bytes(11, 128).view(np.uint16) | np.uint16(1), np.zeros(64, np.uint16)
    indices = np.arange(0, 37 * 32, 37, dtype=np.uint16)
    found = _words(table, indices, out)
    want = [table[indices & 63], np.minimum(table[:32], table[32:])]
    return bool(found) and np.array_equal(out, np.concatenate(want))


@compiled
def _floats(values: Array, cuts: Array, out: Array, small: Array) -> Any:
    left, right = simd.load_f32(values, 0), simd.load_f32(cuts, 0)
    index = simd_floats.where_greater(left, right, simd.load_i32(out, 0))
    simd_floats.store_bytes(small, 1, index)
    low, scale = simd.splat_f32(np.float32(-9)), simd.splat_f32(np.float32(2.5))
    simd.store_f32(values, 0, simd_floats.bin_of(left, low, scale, simd.splat_f32(np.float32(30))))
    equal = simd_floats.equal_lanes(left, right)
    return equal, simd_floats.lowest_bit(equal)


def float_lanes_are_right() -> bool:
    values = (np.arange(16, dtype=np.float32) * 7 % 16) - 8
    cuts, numbers, small = values[::-1].copy(), np.arange(16, dtype=np.int32) + 300, np.zeros(18, np.uint8)
    cuts[[3, 15]] = values[[3, 15]]
    bins = np.minimum(np.trunc((values + 9) * 2.5), 30)
    want = np.where(values > cuts, numbers, 0).astype(np.uint8)
    equal, lowest = _floats(values, cuts, numbers, small)
    right = np.array_equal(small[1:17], want) and np.array_equal(values, bins)
    return bool(equal == 1 << 3 | 1 << 15 and lowest == 3) and right


@compiled
def _planes(values: Array, out: Array) -> None:
    loaded, mask = simd.load_i32(values, 0), simd.load_i32(values, 8)
    for bit in range(8):
        out[bit] = simd_lanes.plane_of_bytes(loaded, bit)
    simd.store_i32(out, 8, simd_lanes.and_not(loaded, mask))
    simd.store_i32(out, 16, simd_lanes.count_bits_u64(loaded))


def bit_planes_are_right() -> bool:
    values, out = _bytes(12, 128), np.zeros(24, np.uint64)
    words = values.view(np.uint64)
    _planes(words, out)
    bits = np.unpackbits(values[:64, None], axis=1, bitorder="little")
    planes = np.packbits(bits, axis=0, bitorder="little").T.copy().view(np.uint64)[:, 0]
    counts = bits.reshape(8, 64).sum(axis=1)
    return np.array_equal(out, np.concatenate([planes, words[:8] & ~words[8:], counts.astype(np.uint64)]))
