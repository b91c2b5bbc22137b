"""Inner activations of the student drawn towards the teacher's.

Hints: Romero et al. 2015 (FitNets), arXiv:1412.6550, equation 3. Attention maps: Zagoruyko and Komodakis 2017,
arXiv:1612.03928, equation 2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, some_reals


@dataclass(frozen=True)
class HintLoss:
    value: float
    feature_gradient: Reals  #: by the student's features, their shape
    regressor_gradient: Reals  #: by the regressor, its shape


def hint_loss(student: ArrayLike, teacher: ArrayLike, regressor: ArrayLike) -> HintLoss:
    """1/2 ||student @ regressor - teacher||^2, summed over features, mean over the batch.

    student (batch, s), teacher (batch, t), regressor (s, t): it lets a thin layer be compared with a wide one and is
    thrown away after training. OutOfRange: shapes that do not fit.
    """
    thin, wide = some_reals(student, "student"), some_reals(teacher, "teacher")
    matrix = some_reals(regressor, "regressor")
    fitting = thin.ndim == wide.ndim == 2 and len(thin) == len(wide)
    if not fitting or matrix.shape != (thin.shape[1], wide.shape[1]):
        raise OutOfRange(f"{thin.shape} features, a {matrix.shape} regressor, {wide.shape} hints: no fit")
    apart = (thin @ matrix - wide) / len(thin)
    value = float((apart**2).sum()) * len(thin) / 2
    return HintLoss(value, apart @ matrix.T, thin.T @ apart)


def attention_map(activations: ArrayLike) -> Reals:
    """Sum over channels of squared activations, flattened and scaled to length 1: (batch, places).

    activations (batch, channels, height, width); all zero gives the zero map. Needs no regressor: channels may differ.
    """
    given = some_reals(activations, "activations")
    if given.ndim != 4:
        raise OutOfRange(f"activations are (batch, channels, height, width), not {given.shape}")
    energy = (given**2).sum(axis=1).reshape(len(given), -1)
    length = np.sqrt((energy**2).sum(axis=1, keepdims=True))
    return energy / np.where(length > 0, length, 1.0)


def attention_distance(student: ArrayLike, teacher: ArrayLike) -> float:
    """||map of the student - map of the teacher||_2, mean over the batch; 0 ... 2. OutOfRange: other places."""
    ours, theirs = attention_map(student), attention_map(teacher)
    if ours.shape != theirs.shape:
        raise OutOfRange(f"maps of {ours.shape} and {theirs.shape} cannot be compared")
    return float(np.sqrt(((ours - theirs) ** 2).sum(axis=1)).mean())
