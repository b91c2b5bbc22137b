"""Which centroid each weight takes, and what it then stands for."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange, WrongDtype
from reference_impl.reals import Reals, real_array, some_reals

Indices = NDArray[np.int64]


def assign(weights: ArrayLike, codebook: ArrayLike) -> Indices:
    """Index of the nearest centroid, shape of the weights; the lower index where two are equally near.

    The codebook need not be sorted. EmptyInput: no centroid.
    """
    values = real_array(weights, "weights")
    centroids, first = np.unique(some_reals(codebook, "codebook").ravel(), return_index=True)
    above = np.searchsorted(centroids, values).clip(0, len(centroids) - 1)
    below = (above - 1).clip(0)
    near, far = np.abs(values - centroids[below]), np.abs(values - centroids[above])
    lower = (near < far) | ((near == far) & (first[below] < first[above]))
    return np.asarray(first[np.where(lower, below, above)], dtype=np.int64)


def decode(indices: ArrayLike, codebook: ArrayLike) -> Reals:
    """The shared values, shape of the indices. OutOfRange: an index that the codebook does not have."""
    values = real_array(codebook, "codebook")
    return values[checked_indices(indices, len(values))]


def checked_indices(indices: ArrayLike, codewords: int) -> Indices:
    """As int64. WrongDtype: no integers. OutOfRange: one outside 0 ... codewords - 1."""
    given = np.asarray(indices)
    if given.size == 0:
        return given.astype(np.int64)
    if given.dtype.kind not in "iu":
        raise WrongDtype(f"indices are integers, not {given.dtype}")
    if int(given.min()) < 0 or int(given.max()) >= codewords:
        raise OutOfRange(
            f"indices must be in 0 ... {codewords - 1}, not {int(given.min())} ... {int(given.max())}"
        )
    return given.astype(np.int64)


def inertia(weights: ArrayLike, indices: ArrayLike, codebook: ArrayLike) -> float:
    """Within-cluster sum of squares, equation 2 of arXiv:1510.00149."""
    return float(((real_array(weights, "weights") - decode(indices, codebook)) ** 2).sum())
