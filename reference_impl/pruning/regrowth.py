"""Connections that come back where the loss asks for them: RigL (arXiv:1911.11134, section 3)."""

from dataclasses import dataclass
from math import cos, pi

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.pruning.masks import Mask, checked_mask
from reference_impl.pruning.retraining import masked
from reference_impl.reals import Reals, real_array, refuse_outside, whole_number


@dataclass(frozen=True)
class Rewired:
    mask: Mask
    weights: Reals  #: zero outside the mask, and at every connection that is new


def rewired_share(step: float, *, initial: float, end: float) -> float:
    """Share of the connections rewired at a step: initial / 2 x (1 + cos(pi step / end)), zero after the end.

    The paper's f_decay with alpha = initial and T_end = end. OutOfRange: NaN or infinity, a share outside 0 ... 1.
    """
    refuse_outside(step, -np.inf, np.inf, "step")
    refuse_outside(initial, 0.0, 1.0, "the initial share")
    refuse_outside(end, 5e-324, np.inf, "end")
    return initial / 2 * (1 + cos(pi * min(max(step, 0.0) / end, 1.0)))


def regrow(mask: ArrayLike, gradient: ArrayLike, count: int) -> Mask:
    """The mask with `count` more: those outside it of greatest |gradient|; of equal ones the lowest index.

    gradient: of the dense network, by every weight, pruned or not. OutOfRange: fewer than count are outside.
    """
    keep, slope = checked_mask(mask).copy(), np.abs(real_array(gradient, "gradient"))
    if slope.shape != keep.shape:
        raise OutOfRange(f"the gradient has shape {slope.shape}, the mask {keep.shape}")
    count = whole_number(count, 0, int(np.count_nonzero(~keep)), "the number that grows")
    _first(keep, np.where(keep, -1.0, slope), count, True)
    return keep


def rewire(weights: ArrayLike, gradient: ArrayLike, mask: ArrayLike, share: float) -> Rewired:
    """Drops round(share x connections) of least |weight|, then grows as many by |gradient|: the number stays.

    As in the paper a connection just dropped may grow back. It then keeps its weight, which the paper leaves open. All
    others that grow start at zero, so that the network's outputs change by the dropped ones alone. OutOfRange:
    a share outside 0 ... 1, or arrays of different shapes.
    """
    values, old = masked(weights, mask), checked_mask(mask)
    refuse_outside(share, 0.0, 1.0, "share")
    count = round(share * int(np.count_nonzero(old)))
    left = old.copy()
    _first(left, np.where(old, -np.abs(values), -np.inf), count, False)
    new = regrow(left, gradient, count)
    return Rewired(new, np.where(new & old, values, 0.0))


def _first(mask: Mask, scores: NDArray[np.float64], count: int, state: bool) -> None:
    chosen = np.argsort(-scores, axis=None, kind="stable")[:count]
    mask[np.unravel_index(chosen, mask.shape)] = state
