"""Training what is left: pruned weights stay zero (arXiv:1506.02626, section 3)."""

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.errors import OutOfRange
from reference_impl.pruning.masks import checked_mask
from reference_impl.pruning.penalties import l1_penalty, l2_penalty
from reference_impl.reals import Reals, real_array, refuse_negative, squarable_reals


def masked(weights: ArrayLike, mask: ArrayLike) -> Reals:
    """A copy with exactly zero (never -0.0) where the mask is False. OutOfRange: other shape; WrongDtype: not bool."""
    values, keep = real_array(weights, "weights"), checked_mask(mask)
    if keep.shape != values.shape:
        raise OutOfRange(f"the mask has shape {keep.shape}, the weights {values.shape}")
    return np.where(keep, values, 0.0)


def retraining_step(
    weights: ArrayLike,
    gradient: ArrayLike,
    mask: ArrayLike,
    *,
    learning_rate: float,
    l1: float = 0.0,
    l2: float = 0.0,
) -> Reals:
    """One step of gradient descent on loss + penalties; new weights, masked, same shape.

    OutOfRange: shapes that differ, a learning rate or strength below zero, magnitudes above 2^480. NotFinite, WrongDtype.
    Momentum is left out: where it is used, its buffer is to be masked too, or pruned weights drift back.
    """
    values, slope = masked(weights, mask), squarable_reals(gradient, "gradient")
    if slope.shape != values.shape:
        raise OutOfRange(f"the gradient has shape {slope.shape}, the weights {values.shape}")
    refuse_negative(learning_rate, "the learning rate")
    slope = slope + l1_penalty(values, l1).gradient + l2_penalty(values, l2).gradient
    return masked(values - learning_rate * slope, mask)
