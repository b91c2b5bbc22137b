"""Lloyd's iteration: each weight to its nearest centroid, each centroid to the mean of its weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.reals import Reals, some_reals, whole_number
from reference_impl.weight_sharing.clustering import Clustering
from reference_impl.weight_sharing.nearest import Indices, assign, checked_codebook, inertia


@dataclass(frozen=True)
class LloydRun:
    clustering: Clustering
    inertias: tuple[float, ...]  #: after each assignment, the start's first; never rises
    converged: bool  #: the last step moved nothing


def lloyd(weights: ArrayLike, codebook: ArrayLike, *, steps: int = 50) -> LloydRun:
    """From the given codebook, until nothing moves or the steps are used up; the codebook keeps its length and order.

    A cluster that loses all its weights keeps its centroid, so that no NaN arises and the inertia does not rise.
    scikit-learn's KMeans moves the centroid of an empty cluster to the farthest weight instead, and scipy's kmeans2
    keeps it with a warning. NotFinite, WrongDtype; EmptyInput: no weights or no centroids. OutOfRange: steps below zero,
    magnitudes too large for their squares.
    """
    whole_number(steps, 0, np.inf, "the number of steps")
    values = some_reals(weights, "weights")
    centroids = checked_codebook(codebook).copy()
    indices = assign(values, centroids)
    inertias = [inertia(values, indices, centroids)]
    for _ in range(steps):
        moved = means(values, indices, centroids)
        if np.array_equal(moved, centroids):
            return LloydRun(Clustering(centroids, indices, inertias[-1]), tuple(inertias), True)
        reassigned = assign(values, moved)
        reached = inertia(values, reassigned, moved)
        if reached > inertias[-1]:  # only rounding is left to gain
            break
        centroids, indices = moved, reassigned
        inertias.append(reached)
    else:
        return LloydRun(Clustering(centroids, indices, inertias[-1]), tuple(inertias), False)
    return LloydRun(Clustering(centroids, indices, inertias[-1]), tuple(inertias), True)


def k_means(weights: ArrayLike, codebook: ArrayLike, *, steps: int = 50) -> Reals:
    """The codebook that lloyd ends with."""
    return lloyd(weights, codebook, steps=steps).clustering.codebook


def means(values: Reals, indices: Indices, codebook: Reals) -> Reals:
    """Mean of each cluster's weights; the centroid itself where it has none."""
    flat = indices.ravel()
    counts = np.bincount(flat, minlength=len(codebook))
    sums = np.bincount(flat, weights=values.ravel(), minlength=len(codebook))
    return np.where(counts > 0, sums / np.maximum(counts, 1), codebook)
