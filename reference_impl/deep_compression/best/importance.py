"""Which weights matter most, seen over all layers at once. Importing this loads torch."""

from collections.abc import Mapping

import torch
from torch import Tensor

#: How fast the mean of the squared gradient forgets.
DECAY = 0.99


def followed(second_moments: dict[str, Tensor], learned: Mapping[str, Tensor]) -> None:
    """Moves the running mean of each gradient's square, in place, where there is a gradient."""
    for name, value in learned.items():
        if value.grad is not None:
            moment = second_moments.setdefault(name, torch.zeros_like(value))
            moment.lerp_(value.grad.square(), 1 - DECAY)


def importance(weights: Tensor, second_moment: Tensor) -> Tensor:
    """w^2 sqrt(E[g^2]) for each weight, never negative.

    Optimal brain damage (LeCun et al. 1990) with the empirical Fisher information has w^2 E[g^2], the rise of the loss when a
    weight goes; magnitude has w^2. The former takes too much where gradients are small for a while, the latter keeps weights
    that no image reaches; the geometric mean of both lost least in the runs that led to it (RESULTS.md).
    """
    return weights.detach().square() * second_moment.sqrt()


def most_important(
    scores: Mapping[str, Tensor], masks: Mapping[str, Tensor], count: int
) -> dict[str, Tensor]:
    """Masks of the `count` greatest scores of all layers together, of those that `masks` has kept so far."""
    left = {name: torch.where(masks[name], score, -1.0) for name, score in scores.items()}
    everything = torch.cat([score.flatten() for score in left.values()])
    count = min(count, int((everything >= 0).sum()))
    chosen = torch.zeros_like(everything, dtype=torch.bool)
    chosen[everything.topk(count).indices] = True
    parts = chosen.split([score.numel() for score in left.values()])
    return {name: part.view(left[name].shape) for (name, part) in zip(left, parts, strict=True)}
