"""The best cuts of sorted numbers into runs, by the dynamic program of weight_sharing/optimum.py."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels.compiled import compiled

Reals = NDArray[np.float64]


def sums_of_first(counts: Any, totals: Any, squares: Any) -> tuple[Reals, Reals, Reals]:
    first, second, third = (np.concatenate([[0.0], np.cumsum(each)]) for each in (counts, totals, squares))
    return first, second, third


@compiled
def _cost(counts: Any, totals: Any, squares: Any, first: Any, end: Any) -> Any:
    total = totals[end] - totals[first]
    return max((squares[end] - squares[first]) - total * total / (counts[end] - counts[first]), 0.0)


@compiled
def run_starts(counts: Any, totals: Any, squares: Any, clusters: Any) -> Any:
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
