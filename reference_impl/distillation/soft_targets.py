"""Softened outputs and the losses on them. Hinton et al. 2015, arXiv:1503.02531, section 2.

Temperatures are 1e-4 ... 1e4: beyond, the softmax is the maximum, or the divergence is lost in a float64's rounding.
Everywhere NotFinite, EmptyInput, WrongDtype: of the logits; OutOfRange: a temperature outside, or logits above 2^480.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, refuse_outside, some_squarable_reals

Probabilities = NDArray[np.float64]
COLDEST, HOTTEST = 1e-4, 1e4


def softened_softmax(logits: ArrayLike, temperature: float) -> Probabilities:
    """softmax(z / T) along the last axis, same shape, finite for logits of any size."""
    return np.exp(softened_log_softmax(logits, temperature))


def softened_log_softmax(logits: ArrayLike, temperature: float) -> Reals:
    """log softmax(z / T) along the last axis, same shape, in nats: finite where the probability is rounded to zero.

    OutOfRange: a single number, which has no axis of classes.
    """
    refuse_outside(temperature, COLDEST, HOTTEST, "the temperature")
    given = some_squarable_reals(logits, "logits")
    if given.ndim == 0:
        raise OutOfRange("logits need an axis of classes")
    scaled = (given - given.max(axis=-1, keepdims=True)) / temperature
    return scaled - np.log(np.exp(scaled).sum(axis=-1, keepdims=True))


def soft_cross_entropy(student_logits: ArrayLike, teacher_logits: ArrayLike, temperature: float) -> float:
    """Mean over the batch of the cross-entropy against the teacher's soft targets, in nats, without the factor T^2.

    Logits (..., classes). OutOfRange: shapes that differ.
    """
    wanted, given = _softened_logs(student_logits, teacher_logits, temperature)
    return float(-(np.exp(wanted) * given).sum(axis=-1).mean())


def soft_divergence(student_logits: ArrayLike, teacher_logits: ArrayLike, temperature: float) -> float:
    """KL(teacher || student) of the softened outputs, mean over the batch, in nats, without the factor T^2.

    Logits (..., classes). OutOfRange: shapes that differ. Never below zero, whatever the rounding.
    The teacher comes first: the other way round is another loss. Mean over the batch, not over batch and classes: torch's
    `batchmean`, not its `mean`.
    """
    wanted, given = _softened_logs(student_logits, teacher_logits, temperature)
    return max(0.0, float((np.exp(wanted) * (wanted - given)).sum(axis=-1).mean()))


def _softened_logs(
    student_logits: ArrayLike, teacher_logits: ArrayLike, temperature: float
) -> tuple[Reals, Reals]:
    """The teacher's, then the student's."""
    wanted = softened_log_softmax(teacher_logits, temperature)
    given = softened_log_softmax(student_logits, temperature)
    if wanted.shape != given.shape:
        raise OutOfRange(f"logits of teacher {wanted.shape} and student {given.shape} need one shape")
    return wanted, given
