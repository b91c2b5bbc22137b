"""What a student is trained on: its teacher's softened outputs and the labels (arXiv:1503.02531, section 2).

loss = alpha T^2 KL(teacher || student at T) + (1 - alpha) cross-entropy(labels, student at T = 1)

Both terms are means over the batch, in nats. T^2 keeps the size of the soft term's gradient, which falls with 1 / T^2.
KL differs from the paper's cross-entropy by the teacher's own entropy, which no student changes: same gradient.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.distillation.soft_targets import (
    soft_divergence,
    softened_log_softmax,
    softened_softmax,
)
from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, integer_array, refuse_outside, some_squarable_reals


@dataclass(frozen=True)
class LossAndGradient:
    value: float
    gradient: Reals  #: by each logit of the student, shape (batch, classes)


def distillation_loss(
    student_logits: ArrayLike,
    teacher_logits: ArrayLike,
    labels: ArrayLike,
    *,
    temperature: float,
    alpha: float,
) -> LossAndGradient:
    """Logits (batch, classes), labels (batch,) of class numbers.

    alpha: weight of the soft term; some texts give it to the hard one. EmptyInput, NotFinite, WrongDtype: of the numbers.
    OutOfRange: alpha outside 0 ... 1, T outside 1e-4 ... 1e4, shapes that do not fit, a label that is no class.
    """
    refuse_outside(alpha, 0.0, 1.0, "alpha")
    student = some_squarable_reals(student_logits, "the student's logits")
    teacher = some_squarable_reals(teacher_logits, "the teacher's logits")
    if student.ndim != 2 or student.shape != teacher.shape:
        raise OutOfRange(f"logits are (batch, classes) twice, not {student.shape} and {teacher.shape}")
    hard = label_cross_entropy(student, labels)
    soft = soft_divergence(student, teacher, temperature) * temperature**2
    apart = softened_softmax(student, temperature) - softened_softmax(teacher, temperature)
    soft_gradient = temperature * apart / len(student)
    return LossAndGradient(
        alpha * soft + (1 - alpha) * hard.value,
        alpha * soft_gradient + (1 - alpha) * hard.gradient,
    )


def label_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> LossAndGradient:
    """-log softmax(z) of the labelled class, mean over the batch, in nats. Shapes and errors as `distillation_loss`."""
    given, classes = some_squarable_reals(logits, "logits"), integer_array(labels, "labels")
    if given.ndim != 2 or classes.shape != given.shape[:1]:
        raise OutOfRange(f"{given.shape} logits need as many labels, not {classes.shape}")
    refuse_outside(int(classes.min()), 0, given.shape[1] - 1, "a label")
    refuse_outside(int(classes.max()), 0, given.shape[1] - 1, "a label")
    logs, rows = softened_log_softmax(given, 1.0), np.arange(len(given))
    gradient = np.exp(logs)
    gradient[rows, classes] -= 1
    return LossAndGradient(float(-logs[rows, classes].mean()), gradient / len(given))
