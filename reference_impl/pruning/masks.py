"""Masks of weights that stay (True) and go (False), by magnitude.

A mask has the shape of its weights; the weights are never written to. Errors of all: NotFinite, WrongDtype (see
reals.py). No weights at all give an empty mask. Negative zero has magnitude zero.

torch.nn.utils.prune counts as here, round(n * amount), but leaves open which of equal weights go.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import EmptyInput, OutOfRange, WrongDtype
from reference_impl.reals import Reals, any_array, real_array, refuse_outside, squarable_reals, whole_number

Mask = NDArray[np.bool_]


def threshold_mask(weights: ArrayLike, threshold: float) -> Mask:
    """Weights whose magnitude is at least the threshold stay. OutOfRange: a threshold below zero."""
    refuse_outside(threshold, 0.0, np.inf, "the threshold")
    return np.abs(real_array(weights, "weights")) >= threshold


def deviation_mask(weights: ArrayLike, quality: float) -> Mask:
    """Weights of magnitude below quality x their standard deviation go (arXiv:1506.02626, section 4).

    The deviation is that of all weights of the tensor, divided by n (not n - 1). Of a constant tensor it is zero, so
    that nothing goes. OutOfRange: a quality below zero, or weights too large for their squares.
    """
    values = squarable_reals(weights, "weights")
    refuse_outside(quality, 0.0, np.inf, "the quality parameter")
    return threshold_mask(values, quality * float(values.std())) if values.size else values != 0


def magnitude_mask(weights: ArrayLike, sparsity: float) -> Mask:
    """round(n * sparsity) weights of least magnitude go, half to even; of equal ones those with the lowest index.

    Index: in row-major order, whatever the memory layout. OutOfRange: sparsity outside 0 ... 1.
    """
    values = real_array(weights, "weights")
    return _without_least(values.ravel(), sparsity).reshape(values.shape)


def global_masks(layers: Mapping[str, ArrayLike], sparsity: float) -> dict[str, Mask]:
    """As magnitude_mask over all layers together: one threshold, so that layers of small weights lose more.

    Of equal weights those of the earlier layer in the mapping go first. Biases are left alone by leaving them out.
    """
    values = {name: real_array(weights, name) for name, weights in layers.items()}
    if not values:
        refuse_outside(sparsity, 0.0, 1.0, "sparsity")
        return {}
    together = _without_least(np.concatenate([layer.ravel() for layer in values.values()]), sparsity)
    ends = np.cumsum([layer.size for layer in values.values()])[:-1]
    parts = np.split(together, ends)
    return {name: part.reshape(values[name].shape) for name, part in zip(values, parts, strict=True)}


def n_m_mask(weights: ArrayLike, n: int, m: int, *, axis: int = -1) -> Mask:
    """The n of greatest magnitude stay in each group of m neighbours along the axis.

    Groups start at index 0 and never cross a row. Remainder rule: where m does not divide the length, the last group
    counts as filled up with zeros, so that min(n, remainder) of it stay. Of equal weights those with the lowest index
    stay. 2:4 is the pattern of Mishra et al. 2021, arXiv:2104.08378. OutOfRange: not 0 <= n <= m, m < 1, no such axis.
    """
    values = real_array(weights, "weights")
    m = whole_number(m, 1, np.inf, "m")
    n = whole_number(n, 0, m, "n")
    axis = whole_number(axis, -np.inf, np.inf, "axis")
    if not -values.ndim <= axis < values.ndim:
        raise OutOfRange(f"weights of {values.ndim} dimensions have no axis {axis}")
    rows = np.moveaxis(np.abs(values), axis, -1)
    length = rows.shape[-1]
    m = min(m, max(length, 1))  # a longer group is the whole row
    # -1 is below every magnitude: the filling is what goes first
    filled = np.full((*rows.shape[:-1], -(-length // m) * m), -1.0)
    filled[..., :length] = rows
    groups = filled.reshape(-1, m)
    keep = np.zeros(groups.shape, dtype=bool)
    np.put_along_axis(keep, np.argsort(-groups, axis=1, kind="stable")[:, :n], True, axis=1)
    return np.ascontiguousarray(np.moveaxis(keep.reshape(filled.shape)[..., :length], -1, axis))


def sparsity(mask: ArrayLike) -> float:
    """Share of the weights that go: of the False in a mask, of the zeros (negative zero too) in weights.

    EmptyInput: no weights have no share. NotFinite, WrongDtype.
    """
    kept = real_array(mask, "mask")
    if kept.size == 0:
        raise EmptyInput("the mask is empty")
    return 1 - int(np.count_nonzero(kept)) / kept.size


def checked_mask(mask: ArrayLike) -> Mask:
    """The mask itself, so do not write to it. WrongDtype: not bool; numbers would hide a NaN or a swapped argument."""
    keep = any_array(mask, "mask")
    if keep.size == 0:
        return keep.astype(np.bool_)
    if keep.dtype != np.bool_:
        raise WrongDtype(f"a mask is of bool, not {keep.dtype}")
    return keep


def _without_least(flat: Reals, sparsity: float) -> Mask:
    refuse_outside(sparsity, 0.0, 1.0, "sparsity")
    keep = np.ones(flat.size, dtype=bool)
    keep[np.argsort(np.abs(flat), kind="stable")[: round(flat.size * sparsity)]] = False
    return keep
