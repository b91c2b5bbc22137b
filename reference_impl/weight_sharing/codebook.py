"""A codebook of shared values: where its centroids start, which weight takes which, how they learn."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]
Indices = NDArray[np.int64]


def linear_centroids(weights: ArrayLike, codewords: int) -> Values:
    """Evenly spaced from the smallest weight to the largest, both included (arXiv:1510.00149, section 3.2)."""
    values = np.asarray(weights, dtype=float)
    return np.linspace(values.min(), values.max(), codewords)


def assign(weights: ArrayLike, codebook: ArrayLike) -> Indices:
    """Index of the nearest centroid; the lower index where two are equally near."""
    distances = np.abs(np.asarray(weights, dtype=float)[..., None] - np.asarray(codebook, dtype=float))
    return distances.argmin(axis=-1)


def decode(indices: ArrayLike, codebook: ArrayLike) -> Values:
    values: Values = np.asarray(codebook, dtype=float)
    return values[np.asarray(indices, dtype=np.int64)]


def centroid_gradient(gradient: ArrayLike, indices: ArrayLike, codewords: int) -> Values:
    """Sum of the weight gradients in each cluster: equation 3 of arXiv:1510.00149, not their mean."""
    flat = np.asarray(gradient, dtype=float).ravel()
    sums = np.bincount(np.asarray(indices).ravel(), weights=flat, minlength=codewords)
    return np.asarray(sums, dtype=float)


def k_means(weights: ArrayLike, codebook: ArrayLike, *, steps: int = 50) -> Values:
    """Lloyd's iteration from the given codebook; a cluster that loses all its weights keeps its centroid."""
    values = np.asarray(weights, dtype=float).ravel()
    centroids = np.array(codebook, dtype=float)
    for _ in range(steps):
        indices = assign(values, centroids)
        counts = np.bincount(indices, minlength=len(centroids))
        sums = np.bincount(indices, weights=values, minlength=len(centroids))
        moved = np.where(counts > 0, sums / np.maximum(counts, 1), centroids)
        if np.array_equal(moved, centroids):
            break
        centroids = moved
    return centroids
