"""The least possible inertia in one dimension, by dynamic programming.

In one dimension clusters of the optimum are runs of the sorted weights, so that the best k clusters of the first j
values are the best k - 1 of the first i and one run i ... j - 1. The best i never falls as j grows: divide and conquer
over j finds a whole row in O(n log n), the optimum in O(k n log n). Groenlund et al. 2017, arXiv:1701.07204;
Wang and Song 2011 (Ckmeans.1d.dp).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.reals import Reals, some_squarable_reals, whole_number
from reference_impl.weight_sharing.clustering import Clustering
from reference_impl.weight_sharing.nearest import MOST_CODEWORDS, inertia

Integers = NDArray[np.int64]


def best_clustering(weights: ArrayLike, codewords: int) -> Clustering:
    """Codebook increasing, its inertia least of all codebooks of that length, up to rounding.

    Of fewer distinct weights than codewords each is its own centroid, the inertia zero and the codebook shorter.
    Time O(codewords n log n), memory 8 codewords n bytes, n the number of distinct weights. EmptyInput: no weights.
    NotFinite, WrongDtype. OutOfRange: codewords outside 1 ... 2^24, magnitudes too large for their squares.
    """
    whole_number(codewords, 1, MOST_CODEWORDS, "the number of codewords")
    values = some_squarable_reals(weights, "weights")
    distinct, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    starts = _run_starts(_Runs(distinct, counts), min(codewords, distinct.size))
    run = np.repeat(np.arange(starts.size), np.diff(starts, append=distinct.size))
    # about the middle of each run, where the mean of equal or nearly equal values is exact
    anchors = distinct[starts]
    offsets = np.add.reduceat((distinct - anchors[run]) * counts, starts) / np.add.reduceat(counts, starts)
    codebook = anchors + offsets
    indices = run[place].reshape(values.shape)
    return Clustering(codebook, indices, inertia(values, indices, codebook))


class _Runs:
    """Sums of squares about the mean of runs of sorted values, each in constant time."""

    def __init__(self, values: Reals, counts: Integers) -> None:
        # centred and scaled: differences of the sums below lose few digits, and no square overflows
        centred = values - values[0] / 2 - values[-1] / 2
        scaled = centred / (float(np.abs(centred).max()) or 1.0)
        self.size = values.size
        self._count = np.concatenate([[0], np.cumsum(counts)])
        self._sum = np.concatenate([[0.0], np.cumsum(scaled * counts)])
        self._squares = np.concatenate([[0.0], np.cumsum(scaled**2 * counts)])

    def cost(self, first: Integers, end: Integers) -> Reals:
        """Of values first ... end - 1, first < end."""
        total = self._sum[end] - self._sum[first]
        squares = self._squares[end] - self._squares[first]
        return np.maximum(squares - total**2 / (self._count[end] - self._count[first]), 0.0)


def _run_starts(runs: _Runs, clusters: int) -> Integers:
    """Index of the first value of each run of the best clustering, increasing."""
    ends = np.arange(1, runs.size + 1)
    best = np.concatenate([[np.inf], runs.cost(np.zeros_like(ends), ends)])  # by how many values are covered
    choices = []
    for _ in range(clusters - 1):
        best, chosen = _one_more_cluster(runs, best)
        choices.append(chosen)
    starts, end = [], runs.size
    for chosen in reversed(choices):
        end = int(chosen[end])
        starts.append(end)
    return np.array([0, *reversed(starts)], dtype=np.int64)


def _one_more_cluster(runs: _Runs, best: Reals) -> tuple[Reals, Integers]:
    """The next row of the table, and for each end where its last run starts.

    Ends at odd multiples of a step, which halves: both neighbours at even multiples are known and bound the search.
    """
    size = runs.size
    costs, chosen = np.full(size + 1, np.inf), np.zeros(size + 1, dtype=np.int64)
    step = 1 << (size.bit_length() - 1)
    while step:
        ends = np.arange(step, size + 1, 2 * step)
        after = ends + step
        low = chosen[ends - step]
        high = np.where(after <= size, np.minimum(chosen[np.minimum(after, size)], ends - 1), ends - 1)
        costs[ends], chosen[ends] = _least(runs, best, ends, low, np.maximum(low, high))
        step //= 2
    return costs, chosen


def _least(runs: _Runs, best: Reals, ends: Integers, low: Integers, high: Integers) -> tuple[Reals, Integers]:
    """For each end the least of best[i] + cost(i, end) over i in low ... high, and the first i that reaches it."""
    lengths = high - low + 1
    offsets = np.cumsum(lengths) - lengths
    starts = np.arange(int(lengths.sum())) - np.repeat(offsets - low, lengths)
    totals = best[starts] + runs.cost(starts, np.repeat(ends, lengths))
    least = np.minimum.reduceat(totals, offsets)
    hits = np.flatnonzero(totals == np.repeat(least, lengths))
    return least, starts[hits[np.searchsorted(hits, offsets)]]
