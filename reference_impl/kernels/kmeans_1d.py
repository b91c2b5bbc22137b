"""Clusters of numbers on a line: the optimum, and what comes within a hair of it in a few passes.

Both end with the same dynamic program over runs of sorted weights (weight_sharing/optimum.py), over the distinct
weights or over bins of them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels.compiled import compiled
from reference_impl.reals import some_reals
from reference_impl.weight_sharing.clustering import Clustering
from reference_impl.weight_sharing.nearest import inertia

Reals = NDArray[np.float64]

# Bins, and bins per group: the dynamic program sees the groups, Lloyd's iteration the bins themselves.
_COARSE, _FINE = (8192, 4), (65536, 16)
_COARSE_CODEWORDS = 64
MOST_CODEWORDS = 256
_FEW = 2**14  # weights for which the optimum costs no more than the bins
_STEPS = 3000


@dataclass(frozen=True)
class ByteClustering:
    codebook: Reals  #: increasing; each the mean of the weights that take it
    indices: NDArray[np.uint8]  #: shape of the weights


def best_clustering(weights: ArrayLike, codewords: int) -> Clustering:
    """As weight_sharing.optimum.best_clustering, to the last bit."""
    if codewords < 1:
        raise OutOfRange(f"a codebook has at least 1 codeword, not {codewords}")
    values = some_reals(weights, "weights")
    distinct, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    centred = distinct - distinct[0] / 2 - distinct[-1] / 2
    scaled = centred / (float(np.abs(centred).max()) or 1.0)
    starts = _run_starts(*_sums(counts, scaled * counts, scaled**2 * counts), min(codewords, distinct.size))
    run = np.repeat(np.arange(starts.size), np.diff(starts, append=distinct.size))
    anchors = distinct[starts]
    offsets = np.add.reduceat((distinct - anchors[run]) * counts, starts) / np.add.reduceat(counts, starts)
    codebook = anchors + offsets
    indices = run[place].reshape(values.shape)
    return Clustering(codebook, indices, inertia(values, indices, codebook))


def cluster(weights: ArrayLike, codewords: int) -> ByteClustering:
    """At most 256 codewords; fewer come back where fewer are distinct. float32 is taken as it is, all else as float64.

    Up to 2^14 weights this is the optimum. Beyond, weights are counted in 8192 bins (65536 for more than 64
    codewords), the best cuts between groups of bins are moved by Lloyd's iteration, and its codebook decides: with
    16 and 32 codewords, on a million weights as pruning leaves them, an inertia within 1e-5 of the least one. Where
    bins are too coarse to tell (a few weights far away from all others), the optimum is computed after all, which
    takes longer. EmptyInput, NotFinite, OutOfRange as best_clustering.
    """
    if not 1 <= codewords <= MOST_CODEWORDS:
        raise OutOfRange(f"indices of one byte tell 1 ... {MOST_CODEWORDS} codewords apart, not {codewords}")
    given = np.asarray(weights)
    values = given if given.dtype == np.float32 else some_reals(given, "weights")
    flat = np.ascontiguousarray(values).ravel()
    found = _binned(flat, codewords) if flat.size > _FEW else None
    if found is None:
        best = best_clustering(values, codewords)
        return ByteClustering(best.codebook, best.indices.astype(np.uint8))
    return ByteClustering(found.codebook, found.indices.reshape(values.shape))


def _binned(flat: Any, codewords: int) -> ByteClustering | None:
    """None where bins cannot decide (also for NaN: the optimum's checks speak about it)."""
    low, high = float(flat.min()), float(flat.max())
    span = high - low
    if not 1e-30 < span < 1e38:
        return None
    bins, bins_per_group = _COARSE if codewords <= _COARSE_CODEWORDS else _FINE
    kind = flat.dtype.type
    scale = kind(bins * (1 - 1e-6) / span)
    centre = low + span / 2
    counts, sums = _histogram(flat, kind(low), scale, centre, bins)
    groups, group_sums = (each.reshape(-1, bins_per_group).sum(axis=1) for each in (counts, sums))
    there = groups > 0
    if there.sum() < 4 * codewords:
        return None
    groups, group_sums = groups[there], group_sums[there]
    starts = _run_starts(*_sums(groups, group_sums, group_sums**2 / groups), codewords)
    codebook = np.add.reduceat(group_sums, starts) / np.add.reduceat(groups, starts)
    all_counts, all_sums, _ = _sums(counts, sums, sums)
    _lloyd(all_counts, all_sums, low - centre, float(scale), codebook, _STEPS)
    cuts = ((codebook[1:] + codebook[:-1]) / 2 + centre).astype(kind)
    indices = np.empty(flat.size, np.uint8)
    members, totals, squares = _assign(flat, kind(low), scale, centre, cuts, bins, indices)
    if members.min() == 0:
        return None
    least = squares - float((totals**2 / members).sum())
    if flat.size * (span / bins) ** 2 / 4 > 0.01 * least:
        return None
    return ByteClustering(totals / members + centre, indices)


def _sums(counts: Any, totals: Any, squares: Any) -> tuple[Reals, Reals, Reals]:
    first, second, third = (np.concatenate([[0.0], np.cumsum(each)]) for each in (counts, totals, squares))
    return first, second, third


@compiled
def _cost(counts: Any, totals: Any, squares: Any, first: Any, end: Any) -> Any:
    total = totals[end] - totals[first]
    return max((squares[end] - squares[first]) - total * total / (counts[end] - counts[first]), 0.0)


@compiled
def _run_starts(counts: Any, totals: Any, squares: Any, clusters: Any) -> Any:
    """First value of each run of the best clustering, from sums over the first 0, 1, 2 ... values."""
    size = counts.size - 1
    best = np.full(size + 1, np.inf)
    for end in range(1, size + 1):
        best[end] = _cost(counts, totals, squares, 0, end)
    chosen = np.zeros((clusters, size + 1), np.int32)
    for row in range(1, clusters):
        costs = np.full(size + 1, np.inf)
        step: Any = 1
        while 2 * step <= size:
            step *= 2
        while step:
            for end in range(step, size + 1, 2 * step):
                low = chosen[row, end - step]
                high = end - 1
                if end + step <= size:
                    high = min(chosen[row, end + step], high)
                least = np.inf
                at = low
                for first in range(low, max(low, high) + 1):
                    cost = best[first] + _cost(counts, totals, squares, first, end)
                    if cost < least:
                        least = cost
                        at = first
                costs[end] = least
                chosen[row, end] = at
            step //= 2
        best = costs
    starts = np.zeros(clusters, np.int64)
    end = size
    for row in range(clusters - 1, 0, -1):
        end = chosen[row, end]
        starts[row] = end
    return starts


@compiled
def _histogram(values: Any, low: Any, scale: Any, centre: Any, bins: Any) -> Any:
    """Count and sum, less the centre each, of the values in every bin."""
    table = np.zeros(
        (4, bins, 2)
    )  # four: a bin's next value need not wait for the last; a bin in one cache line
    last = bins - 1
    whole = values.size // 4 * 4
    for i in range(0, whole, 4):
        for lane in range(4):
            value = values[i + lane]
            at = min(np.int64((value - low) * scale), last)
            table[lane, at, 0] += 1.0
            table[lane, at, 1] += np.float64(value) - centre
    for i in range(whole, values.size):
        at = min(np.int64((values[i] - low) * scale), last)
        table[0, at, 0] += 1.0
        table[0, at, 1] += np.float64(values[i]) - centre
    total = table[0] + table[1] + table[2] + table[3]
    return total[:, 0].copy(), total[:, 1].copy()


@compiled
def _lloyd(counts: Any, totals: Any, low: Any, scale: Any, codebook: Any, steps: Any) -> Any:
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
def _assign(values: Any, low: Any, scale: Any, centre: Any, cuts: Any, bins: Any, indices: Any) -> Any:
    """How many cuts lie below each value, and count, sum and sum of squares (less the centre) of each cluster.

    Only a bin that holds a cut needs comparisons: all others tell the index alone.
    """
    last = bins - 1
    first = np.zeros(bins + 1, np.uint8)
    for cut in cuts:
        first[min(np.int64((cut - low) * scale), last) + 1] += 1
    for i in range(1, bins + 1):
        first[i] += first[i - 1]
    members = np.zeros((4, cuts.size + 1))
    totals = np.zeros((4, cuts.size + 1))
    squares = 0.0
    for i in range(values.size):
        value = values[i]
        at = min(np.int64((value - low) * scale), last)
        index = np.int64(first[at])
        end = np.int64(first[at + 1])
        while index < end and value > cuts[index]:
            index += 1
        indices[i] = index
        offset = np.float64(value) - centre
        members[i & 3, index] += 1.0
        totals[i & 3, index] += offset
        squares += offset * offset
    return members.sum(axis=0), totals.sum(axis=0), squares
