"""Inner activations of the student drawn towards the teacher's.

Hints: Romero et al. 2015 (FitNets), arXiv:1412.6550, equation 3. Attention maps: Zagoruyko and Komodakis 2017,
arXiv:1612.03928, the loss of activation-based attention transfer, whose distance is the norm and not its square.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.errors import OutOfRange
from reference_impl.reals import DIVISIBLE, Reals, refuse_outside, some_squarable_reals


@dataclass(frozen=True)
class HintLoss:
    value: float
    feature_gradient: Reals  #: by the student's features, their shape
    regressor_gradient: Reals  #: by the regressor, its shape


def hint_loss(student: ArrayLike, teacher: ArrayLike, regressor: ArrayLike) -> HintLoss:
    """1/2 ||student @ regressor - teacher||^2, summed over features, mean over the batch.

    student (batch, s), teacher (batch, t), regressor (s, t): it lets a thin layer be compared with a wide one and is
    thrown away after training. EmptyInput, NotFinite, WrongDtype: of the numbers; OutOfRange: shapes that do not fit, or
    magnitudes above 2^160.
    """
    thin, wide, matrix = (
        _moderate(given, what)
        for given, what in ((student, "student"), (teacher, "teacher"), (regressor, "regressor"))
    )
    fitting = thin.ndim == wide.ndim == 2 and len(thin) == len(wide)
    if not fitting or matrix.shape != (thin.shape[1], wide.shape[1]):
        raise OutOfRange(f"{thin.shape} features, a {matrix.shape} regressor, {wide.shape} hints: no fit")
    apart = (thin @ matrix - wide) / len(thin)
    value = float((apart**2).sum()) * len(thin) / 2
    return HintLoss(value, apart @ matrix.T, thin.T @ apart)


def attention_map(activations: ArrayLike) -> Reals:
    """Sum over channels of squared activations, flattened and scaled to length 1: (batch, places).

    activations (batch, channels, height, width); all zero gives the zero map. Needs no regressor: channels may differ.
    EmptyInput, NotFinite, WrongDtype; OutOfRange: another number of axes.
    """
    given = some_squarable_reals(activations, "activations")
    if given.ndim != 4:
        raise OutOfRange(f"activations are (batch, channels, height, width), not {given.shape}")
    greatest = np.abs(given).max(
        axis=(1, 2, 3), keepdims=True
    )  # fourth powers of small or large numbers are lost
    energy = (
        ((given / np.where(greatest > DIVISIBLE, greatest, 1.0)) ** 2).sum(axis=1).reshape(len(given), -1)
    )
    length = np.sqrt((energy**2).sum(axis=1, keepdims=True))
    return energy / np.where(length > 0, length, 1.0)


def attention_distance(student: ArrayLike, teacher: ArrayLike) -> float:
    """||map of the student - map of the teacher||_2, mean over the batch; 0 ... sqrt 2.

    Errors as `attention_map`; OutOfRange: other places or another batch.
    """
    ours, theirs = attention_map(student), attention_map(teacher)
    if ours.shape != theirs.shape:
        raise OutOfRange(f"maps of {ours.shape} and {theirs.shape} cannot be compared")
    return float(np.sqrt(((ours - theirs) ** 2).sum(axis=1)).mean())


def _moderate(values: ArrayLike, what: str) -> Reals:
    """Up to 2^160, so that products of three and their squares stay finite."""
    real = some_squarable_reals(values, what)
    refuse_outside(float(np.abs(real).max()), 0.0, 2.0**160, f"the greatest magnitude of {what}")
    return real
