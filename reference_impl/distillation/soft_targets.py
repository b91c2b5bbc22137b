"""Softened outputs and the losses on them. Hinton et al. 2015, arXiv:1503.02531, section 2."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, refuse_outside, some_reals

Probabilities = NDArray[np.float64]


def softened_softmax(logits: ArrayLike, temperature: float) -> Probabilities:
    """softmax(z / T) along the last axis, finite for logits of any size. OutOfRange: T not above zero."""
    return np.exp(softened_log_softmax(logits, temperature))


def softened_log_softmax(logits: ArrayLike, temperature: float) -> Reals:
    """log softmax(z / T) along the last axis, in nats: finite where the probability itself is rounded to zero."""
    refuse_outside(temperature, 5e-324, np.finfo(float).max, "the temperature")
    given = some_reals(logits, "logits")
    if given.ndim == 0:
        raise OutOfRange("logits need an axis of classes")
    scaled = (given - given.max(axis=-1, keepdims=True)) / temperature
    return scaled - np.log(np.exp(scaled).sum(axis=-1, keepdims=True))


def soft_cross_entropy(student_logits: ArrayLike, teacher_logits: ArrayLike, temperature: float) -> float:
    """Mean over the batch of the cross-entropy against the teacher's soft targets, in nats, without the factor T^2."""
    targets = softened_softmax(teacher_logits, temperature)
    return float(-(targets * softened_log_softmax(student_logits, temperature)).sum(axis=-1).mean())


def soft_divergence(student_logits: ArrayLike, teacher_logits: ArrayLike, temperature: float) -> float:
    """KL(teacher || student) of the softened outputs, mean over the batch, in nats, without the factor T^2.

    The teacher comes first: the other way round is another loss. Mean over the batch, not over batch and classes: torch's
    `batchmean`, not its `mean`.
    """
    wanted = softened_log_softmax(teacher_logits, temperature)
    given = softened_log_softmax(student_logits, temperature)
    return float((np.exp(wanted) * (wanted - given)).sum(axis=-1).mean())
