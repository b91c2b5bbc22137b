"""Softened outputs and the losses on them. Hinton et al. 2015, arXiv:1503.02531, section 2."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Probabilities = NDArray[np.float64]


def softened_softmax(logits: ArrayLike, temperature: float) -> Probabilities:
    """softmax(z / T) along the last axis."""
    scaled = np.asarray(logits, dtype=float) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def soft_cross_entropy(student_logits: ArrayLike, teacher_logits: ArrayLike, temperature: float) -> float:
    """Mean over the batch of the cross-entropy against the teacher's soft targets, in nats, without the factor T^2."""
    targets = softened_softmax(teacher_logits, temperature)
    scaled = np.asarray(student_logits, dtype=float) / temperature
    highest = scaled.max(axis=-1, keepdims=True)
    log_outputs = scaled - highest - np.log(np.exp(scaled - highest).sum(axis=-1, keepdims=True))
    return float(-(targets * log_outputs).sum(axis=-1).mean())
