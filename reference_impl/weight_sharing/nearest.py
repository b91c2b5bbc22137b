"""Which centroid each weight takes, and what it then stands for."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import EmptyInput, OutOfRange, WrongDtype
from reference_impl.reals import Reals, any_array, squarable_reals, whole_number

Indices = NDArray[np.int64]
MOST_CODEWORDS = 2**24  #: more do not share values any longer, and could fill the memory


def assign(weights: ArrayLike, codebook: ArrayLike) -> Indices:
    """Index of the nearest centroid, shape of the weights; the lower index where two are equally near.

    The codebook need not be sorted; equal centroids count as the first of them. scipy's vq and scikit-learn's predict
    find the same centroids up to ties. NotFinite, WrongDtype, EmptyInput: no centroid. OutOfRange: a codebook that is
    no row, magnitudes too large for their squares.
    """
    values = squarable_reals(weights, "weights")
    centroids, first = np.unique(checked_codebook(codebook), return_index=True)
    above = np.searchsorted(centroids, values).clip(0, len(centroids) - 1)
    below = (above - 1).clip(0)
    near, far = np.abs(values - centroids[below]), np.abs(values - centroids[above])
    lower = (near < far) | ((near == far) & (first[below] < first[above]))
    return np.asarray(first[np.where(lower, below, above)], dtype=np.int64)


def decode(indices: ArrayLike, codebook: ArrayLike) -> Reals:
    """The shared values, shape of the indices. OutOfRange: an index that the codebook does not have.

    EmptyInput: no centroid. NotFinite, WrongDtype.
    """
    values = checked_codebook(codebook)
    return values[checked_indices(indices, len(values))]


def checked_codebook(codebook: ArrayLike) -> Reals:
    """A row of 1 ... 2^24 centroids. EmptyInput, NotFinite, WrongDtype, OutOfRange."""
    centroids = squarable_reals(codebook, "codebook")
    if centroids.ndim != 1 or centroids.size > MOST_CODEWORDS:
        raise OutOfRange(f"a codebook is a row of at most 2^24 centroids, not of shape {centroids.shape}")
    if not centroids.size:
        raise EmptyInput("the codebook holds no centroid")
    return centroids


def checked_indices(indices: ArrayLike, codewords: int) -> Indices:
    """As int64. WrongDtype: no integers. OutOfRange: one outside 0 ... codewords - 1, codewords outside 1 ... 2^24."""
    given = any_array(indices, "indices")
    codewords = whole_number(codewords, 1, MOST_CODEWORDS, "the number of codewords")
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
    """Within-cluster sum of squares, equation 2 of arXiv:1510.00149; scikit-learn's `inertia_`.

    OutOfRange: weights and indices of different shapes, magnitudes too large for their squares.
    """
    values, shared = squarable_reals(weights, "weights"), decode(indices, codebook)
    if values.shape != shared.shape:
        raise OutOfRange(f"the weights have shape {values.shape}, the indices {shared.shape}")
    return float(((values - shared) ** 2).sum())
