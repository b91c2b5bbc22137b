"""What is minimised, in torch: the definitions are in `reference_impl.distillation`. Importing this loads torch."""

from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor

from reference_impl.errors import OutOfRange


@dataclass(frozen=True, eq=False)
class SoftTargets:
    """A teacher's outputs for all training images."""

    logits: Tensor  #: (images, classes), float32
    temperature: float
    alpha: float  #: weight of the soft term, 0 ... 1


def label_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """As `distillation.label_cross_entropy`, differentiable."""
    return F.cross_entropy(logits, labels)


def distillation_loss_torch(
    logits: Tensor, teacher_logits: Tensor, labels: Tensor, *, temperature: float, alpha: float
) -> Tensor:
    """As `distillation.distillation_loss`, differentiable by the student's logits.

    OutOfRange: logits of different shapes, which would be broadcast.
    """
    if logits.shape != teacher_logits.shape:
        raise OutOfRange(f"logits of student {tuple(logits.shape)} and teacher need one shape")
    given = F.log_softmax(logits / temperature, dim=1)
    wanted = F.log_softmax(teacher_logits / temperature, dim=1)
    soft = F.kl_div(given, wanted, reduction="batchmean", log_target=True)
    return alpha * temperature**2 * soft + (1 - alpha) * label_loss(logits, labels)
