"""Terms added to the loss so that weights become small before they are pruned (arXiv:1506.02626, section 3.1).

OutOfRange of both: a strength below zero, or weights too large for their squares.
L1 drives weights to zero: better before retraining. L2 keeps what survives fit to learn: better with retraining.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.reals import Reals, refuse_negative, squarable_reals


@dataclass(frozen=True)
class Penalty:
    value: float
    gradient: Reals  #: by each weight, same shape


def l1_penalty(weights: ArrayLike, strength: float) -> Penalty:
    """strength x sum |w|; at zero the subgradient is taken as zero."""
    values = _checked(weights, strength)
    return Penalty(strength * float(np.abs(values).sum()), strength * np.sign(values))


def l2_penalty(weights: ArrayLike, strength: float) -> Penalty:
    """strength / 2 x sum w^2, so that the gradient is strength x w, as `weight_decay` of torch's SGD.

    Others leave out the half; their strength is half of this one.
    """
    values = _checked(weights, strength)
    return Penalty(strength / 2 * float((values**2).sum()), strength * values)


def _checked(weights: ArrayLike, strength: float) -> Reals:
    refuse_negative(strength, "strength")
    return squarable_reals(weights, "weights")
