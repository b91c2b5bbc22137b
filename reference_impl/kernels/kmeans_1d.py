"""Clusters of numbers on a line: the optimum, and what comes within a hair of it in a few passes.

Both end with the same dynamic program over runs of sorted weights (weight_sharing/optimum.py), over the distinct
weights or over bins of them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels import self_tests, weight_bins
from reference_impl.kernels.sorted_runs import run_starts, sums_of_first
from reference_impl.kernels.tiers import Tier, choose, tiers_for
from reference_impl.reals import some_reals
from reference_impl.weight_sharing.clustering import Clustering
from reference_impl.weight_sharing.nearest import inertia

TIERS = tiers_for({Tier.VNNI: (self_tests.gathers_are_right, self_tests.float_lanes_are_right)})
Reals = NDArray[np.float64]

# Bins, and bins per group: the dynamic program sees the groups, Lloyd's iteration the bins themselves.
_COARSE, _FINE = (8192, 4), (65536, 16)
_COARSE_CODEWORDS = 64
MOST_CODEWORDS = 256
_FEW = 2**14  # weights for which the optimum costs no more than the bins
_STEPS = 3000
_PART = 2**16
_IN_REGISTERS = 32  # codewords whose cuts fit into two registers


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
    starts = run_starts(
        *sums_of_first(counts, scaled * counts, scaled**2 * counts), min(codewords, distinct.size)
    )
    run = np.repeat(np.arange(starts.size), np.diff(starts, append=distinct.size))
    anchors = distinct[starts]
    offsets = np.add.reduceat((distinct - anchors[run]) * counts, starts) / np.add.reduceat(counts, starts)
    codebook = anchors + offsets
    indices = run[place].reshape(values.shape)
    return Clustering(codebook, indices, inertia(values, indices, codebook))


def cluster(weights: ArrayLike, codewords: int, *, tier: Tier | None = None) -> ByteClustering:
    """At most 256 codewords; fewer come back where fewer are distinct. float32 is taken as it is, all else as float64.

    Up to 2^14 weights this is the optimum. Beyond, weights are counted in 8192 bins (65536 for more than 64
    codewords), the best cuts between groups of bins are moved by Lloyd's iteration, and its codebook decides: with
    16 and 32 codewords, on a million weights as pruning leaves them, an inertia within 1e-5 of the least one. Where
    bins are too coarse to tell (a few weights far away from all others), the optimum is computed after all, which
    takes longer. EmptyInput, NotFinite, OutOfRange as best_clustering. `tier` is for tests and benchmarks (NUMPY
    does as PORTABLE: the definition is best_clustering).
    """
    if not 1 <= codewords <= MOST_CODEWORDS:
        raise OutOfRange(f"indices of one byte tell 1 ... {MOST_CODEWORDS} codewords apart, not {codewords}")
    chosen = choose(TIERS, tier)
    given = np.asarray(weights)
    values = given if given.dtype == np.float32 else some_reals(given, "weights")
    flat = np.ascontiguousarray(values).ravel()
    found = _binned(flat, codewords, chosen) if flat.size > _FEW else None
    if found is None:
        best = best_clustering(values, codewords)
        return ByteClustering(best.codebook, best.indices.astype(np.uint8))
    return ByteClustering(found.codebook, found.indices.reshape(values.shape))


def _binned(flat: Any, codewords: int, tier: Tier) -> ByteClustering | None:
    """None where bins cannot decide (also for NaN: the optimum's checks speak about it)."""
    low, high = _range(flat)
    span = high - low
    if not 1e-30 < span < 1e38:
        return None
    bins, bins_per_group = _COARSE if codewords <= _COARSE_CODEWORDS else _FINE
    kind = flat.dtype.type
    scale = kind(bins * (1 - 1e-6) / span)
    centre = low + span / 2
    counts, sums = weight_bins.histogram(flat, kind(low), scale, centre, bins)
    groups, group_sums = (each.reshape(-1, bins_per_group).sum(axis=1) for each in (counts, sums))
    there = groups > 0
    if there.sum() < 4 * codewords:
        return None
    groups, group_sums = groups[there], group_sums[there]
    starts = run_starts(*sums_of_first(groups, group_sums, group_sums**2 / groups), codewords)
    codebook = np.add.reduceat(group_sums, starts) / np.add.reduceat(groups, starts)
    all_counts, all_sums, _ = sums_of_first(counts, sums, sums)
    weight_bins.lloyd(all_counts, all_sums, low - centre, float(scale), codebook, _STEPS)
    cuts = ((codebook[1:] + codebook[:-1]) / 2 + centre).astype(kind)
    indices = np.empty(flat.size, np.uint8)
    at = np.minimum(((cuts - kind(low)) * scale).astype(np.int64), bins - 1)
    members, totals = _between(at, counts), _between(at, sums)
    in_registers = tier >= Tier.VNNI and kind is np.float32 and codewords <= _IN_REGISTERS
    assign = weight_bins.indices_by_search if in_registers else weight_bins.indices_by_bins
    assign(flat, kind(low), scale, centre, cuts, bins, indices, members, totals)
    if members.min() == 0:
        return None
    least = float((sums[counts > 0] ** 2 / counts[counts > 0]).sum() - (totals**2 / members).sum())
    if flat.size * (span / bins) ** 2 / 4 > 0.01 * least:
        return None
    return ByteClustering(totals / members + centre, indices)


def _range(flat: Any) -> tuple[float, float]:
    """Least and greatest, NaN if one is NaN; in parts, so that the second question finds them in the cache."""
    parts = [flat[start : start + _PART] for start in range(0, flat.size, _PART)]
    ends = np.array([(part.min(), part.max()) for part in parts])
    return float(ends[:, 0].min()), float(ends[:, 1].max())


def _between(cut_bins: Any, of_bins: Any) -> Reals:
    """Of each cluster the sum over the bins that hold no cut."""
    without = of_bins.copy()
    without[cut_bins] = 0
    return np.add.reduceat(without, np.append(0, cut_bins))
