"""A small network that learns from the outputs of a large one."""

from reference_impl.distillation.features import HintLoss, attention_distance, attention_map, hint_loss
from reference_impl.distillation.loss import LossAndGradient, distillation_loss, label_cross_entropy
from reference_impl.distillation.soft_targets import (
    soft_cross_entropy,
    soft_divergence,
    softened_log_softmax,
    softened_softmax,
)

__all__ = [
    "HintLoss",
    "LossAndGradient",
    "attention_distance",
    "attention_map",
    "distillation_loss",
    "hint_loss",
    "label_cross_entropy",
    "soft_cross_entropy",
    "soft_divergence",
    "softened_log_softmax",
    "softened_softmax",
]
