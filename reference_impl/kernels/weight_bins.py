"""Weights counted in bins of equal width, and what bins know: where Lloyd's iteration ends, and which cluster each weight takes.

A bin without a cut has one index for all its weights; only weights that share a bin with a cut are looked at one by one.
"""

from typing import Any

import numpy as np

from reference_impl.kernels import simd, simd_floats
from reference_impl.kernels.compiled import compiled
from reference_impl.kernels.words import count_and_add

_BLOCK = 1024  # values whose bins are found before they are counted


@compiled
def histogram(values: Any, low: Any, scale: Any, centre: Any, bins: Any) -> Any:
    """Count and sum, less the centre each, of the values in every bin."""
    # Four tables: equal neighbours need not wait for each other. A bin's count and sum lie side by side.
    table = np.zeros(4 * bins * 2)
    places = np.empty(_BLOCK, np.int32)
    last = np.int32(bins - 1)
    for start in range(0, values.size, _BLOCK):
        block = values[start : start + _BLOCK]
        for i in range(block.size):
            places[i] = min(np.int32((block[i] - low) * scale), last)
        for i in range(block.size):
            count_and_add(table, 2 * ((i & 3) * bins + np.int64(places[i])), np.float64(block[i]) - centre)
    total = table.reshape((4, bins, 2)).sum(axis=0)
    return total[:, 0].copy(), total[:, 1].copy()


@compiled
def lloyd(counts: Any, totals: Any, low: Any, scale: Any, codebook: Any, steps: Any) -> Any:
    """Moves the codebook. A bin that a cut goes through is split in proportion: rounding cuts to bins is biased."""
    size = codebook.size
    bins = counts.size - 1
    reach = codebook[size - 1] - codebook[0]
    for _ in range(steps):
        moved = 0.0
        members_before = 0.0
        total_before = 0.0
        old = codebook[0]
        for j in range(size):
            members = counts[bins]
            total = totals[bins]
            if j < size - 1:
                place = (0.5 * (old + codebook[j + 1]) - low) * scale
                at = min(max(np.int64(place), 0), bins - 1)
                part = min(max(place - at, 0.0), 1.0)
                share = (counts[at + 1] - counts[at]) * part
                members = counts[at] + share
                total = totals[at] + share * (low + (at + 0.5 * part) / scale)
                old = codebook[j + 1]
            if members > members_before:
                mean = (total - total_before) / (members - members_before)
                moved = max(moved, abs(mean - codebook[j]))
                codebook[j] = mean
            members_before = members
            total_before = total
        if moved <= 1e-9 * reach:
            break


@compiled
def indices_by_bins(
    values: Any,
    low: Any,
    scale: Any,
    centre: Any,
    cuts: Any,
    bins: Any,
    indices: Any,
    members: Any,
    totals: Any,
) -> None:
    """How many cuts lie below each value; adds those in bins that hold a cut to the members and totals."""
    last = bins - 1
    first = np.zeros(bins + 1, np.uint8)
    for cut in cuts:
        first[min(np.int64((cut - low) * scale), last) + 1] += 1
    for i in range(1, bins + 1):
        first[i] += first[i - 1]
    for i in range(values.size):
        value = values[i]
        at = min(np.int64((value - low) * scale), last)
        index = np.int64(first[at])
        end = np.int64(first[at + 1])
        if index < end:
            while index < end and value > cuts[index]:
                index += 1
            members[index] += 1.0
            totals[index] += np.float64(value) - centre
        indices[i] = index


@compiled
def indices_by_search(
    values: Any,
    low: Any,
    scale: Any,
    centre: Any,
    cuts: Any,
    bins: Any,
    indices: Any,
    members: Any,
    totals: Any,
) -> None:
    """The same for float32 and at most 31 cuts: binary search in two registers, 16 values at a time."""
    padded = np.full(32, np.inf, np.float32)
    below, above = (
        np.full(32, -1.0, np.float32),
        np.full(32, -1.0, np.float32),
    )  # bin of the cut beside each index
    for i in range(cuts.size):
        padded[i] = cuts[i]
        at = np.float32(min(np.int64((cuts[i] - low) * scale), bins - 1))
        above[i], below[i + 1] = at, at
    cuts_0, cuts_1 = simd.load_f32(padded, 0), simd.load_f32(padded, 16)
    below_0, below_1 = simd.load_f32(below, 0), simd.load_f32(below, 16)
    above_0, above_1 = simd.load_f32(above, 0), simd.load_f32(above, 16)
    lows, scales, last = simd.splat_f32(low), simd.splat_f32(scale), simd.splat_f32(np.float32(bins - 1))
    many, middle = cuts.size > 15, simd.splat_f32(padded[15])
    whole = values.size // 16 * 16
    for i in range(0, whole, 16):
        value = simd.load_f32(values, i)
        index = simd.zero_i32()
        if many:
            index = simd_floats.where_greater(value, middle, simd.splat_i32(np.int32(16)))
        for step in (8, 4, 2, 1):
            place = simd.add_i32(index, simd.splat_i32(np.int32(step - 1)))
            cut = simd.look_up_32_f32(cuts_0, place, cuts_1)
            index = simd.add_i32(index, simd_floats.where_greater(value, cut, simd.splat_i32(np.int32(step))))
        simd_floats.store_bytes(indices, i, index)
        at = simd_floats.bin_of(value, lows, scales, last)
        shared = simd_floats.equal_lanes(at, simd.look_up_32_f32(below_0, index, below_1))
        shared |= simd_floats.equal_lanes(at, simd.look_up_32_f32(above_0, index, above_1))
        while shared:
            lane = i + simd_floats.lowest_bit(shared)
            members[indices[lane]] += 1.0
            totals[indices[lane]] += np.float64(values[lane]) - centre
            shared &= shared - np.uint32(1)
    indices_by_bins(values[whole:], low, scale, centre, cuts, bins, indices[whole:], members, totals)
