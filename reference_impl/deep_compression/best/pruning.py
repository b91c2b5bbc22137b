"""Weights go while the student learns, by the cubic schedule, all layers in one competition. Importing this loads torch."""

import torch

from reference_impl.deep_compression.best.importance import followed, importance, most_important
from reference_impl.deep_compression.best.settings import Settings
from reference_impl.pruning import cubic_sparsity
from reference_impl.training.loop import Tensors

#: Masks are made anew after so many steps.
INTERVAL_STEPS = 50


class GradualPruning:
    """Masks that close during a training: `before_step` and `read` are the training loop's hooks."""

    def __init__(self, weights: Tensors, settings: Settings) -> None:
        self.masks = {name: torch.ones_like(values, dtype=torch.bool) for name, values in weights.items()}
        self._settings = settings
        self._all = sum(values.numel() for values in weights.values())
        self._second_moments: Tensors = {}
        self._steps = 0
        self._finished = False

    def before_step(self, learned: Tensors, progress: float) -> None:
        followed(self._second_moments, {name: learned[name] for name in self.masks})
        self._steps += 1
        start, end = self._settings.pruning_span
        if self._finished or progress < start or (self._steps % INTERVAL_STEPS and progress < end):
            return
        scores = {name: importance(learned[name], self._second_moments[name]) for name in self.masks}
        self.masks = most_important(scores, self.masks, self._count(progress))
        self._finished = progress >= end

    def read(self, learned: Tensors) -> Tensors:
        """No gradient reaches a pruned weight, so it never comes back."""
        return learned | {name: learned[name] * mask for name, mask in self.masks.items()}

    def _count(self, progress: float) -> int:
        kept = min(1.0, self._settings.kept_weights / self._all)
        start, end = self._settings.pruning_span
        sparsity = cubic_sparsity(progress, initial=0.0, final=1 - kept, start=start, end=end)
        return round((1 - sparsity) * self._all)
