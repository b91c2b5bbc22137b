"""Masks of weights that stay (True) and go (False), by magnitude."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Mask = NDArray[np.bool_]


def threshold_mask(weights: ArrayLike, threshold: float) -> Mask:
    """Weights whose magnitude is at least the threshold stay."""
    return np.abs(np.asarray(weights, dtype=float)) >= threshold


def magnitude_mask(weights: ArrayLike, sparsity: float) -> Mask:
    """round(n * sparsity) weights of least magnitude go; of equal ones those with the lowest index."""
    values = np.asarray(weights, dtype=float)
    going = round(values.size * sparsity)
    keep = np.ones(values.size, dtype=bool)
    keep[np.argsort(np.abs(values).ravel(), kind="stable")[:going]] = False
    return keep.reshape(values.shape)


def n_m_mask(weights: ArrayLike, n: int, m: int) -> Mask:
    """The n of greatest magnitude stay in each group of m along the last axis, whose length m divides.

    Of equal ones those with the lowest index stay.
    """
    values = np.asarray(weights, dtype=float)
    groups = np.abs(values).reshape(-1, m)
    keep = np.zeros(groups.shape, dtype=bool)
    np.put_along_axis(keep, np.argsort(-groups, axis=1, kind="stable")[:, :n], True, axis=1)
    return keep.reshape(values.shape)


def sparsity(mask: Mask) -> float:
    """Share of the weights that go."""
    return 1 - np.count_nonzero(mask) / mask.size
