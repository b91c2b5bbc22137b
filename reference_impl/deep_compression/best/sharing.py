"""Few values for each layer, learned with the weights behind them. Importing this loads torch.

Each kept weight has a latent value. What the network computes with is the nearest of the layer's shared values; the gradient
goes straight through to the latent value as well as, summed, to the shared one. Near the end the choice stands still and
the shared values and biases alone learn on.
"""

from collections.abc import Mapping

import numpy as np
import torch

from reference_impl.deep_compression.stages import Masks, Parameters
from reference_impl.training.loop import Tensors
from reference_impl.weight_sharing import density_centroids, lloyd

#: Weights choose anew after so many steps.
INTERVAL_STEPS = 20
#: Share of the training after which no weight changes its shared value.
CHOICE_ENDS = 0.6


def starting_values(weights: np.ndarray, count: int) -> np.ndarray:
    """Lloyd's k-means from centroids at equal shares of the weights. EmptyInput: no weight."""
    distinct = max(1, len(np.unique(weights)))
    return lloyd(weights, density_centroids(weights, min(count, distinct))).clustering.codebook


class TrainedSharing:
    """Choices that move during a training: `before_step` and `read` are the training loop's hooks."""

    def __init__(self, start: Parameters, masks: Masks, shared_values: Mapping[str, int]) -> None:
        self._masks = {name: torch.from_numpy(mask) for name, mask in masks.items()}
        self.start: Tensors = {name: torch.from_numpy(values) for name, values in start.items()}
        for name, mask in masks.items():
            values = starting_values(start[name][mask], shared_values[name.removesuffix(".weight")])
            self.start[_codebook(name)] = torch.from_numpy(values.astype(np.float32))
        self._choices: Tensors = {}
        self._steps = 0
        self._moving = True
        self._choose(self.start)

    def before_step(self, learned: Tensors, progress: float) -> None:
        if progress < CHOICE_ENDS and self._steps % INTERVAL_STEPS == 0:
            self._choose(learned)
        self._moving = progress < CHOICE_ENDS
        self._steps += 1

    def read(self, learned: Tensors) -> Tensors:
        found = {name: value for name, value in learned.items() if not name.endswith(".codebook")}
        for name, mask in self._masks.items():
            values = learned[_codebook(name)][self._choices[name]]
            if self._moving:
                values = values + (learned[name] - learned[name].detach())
            found[name] = values * mask
        return found

    def _choose(self, learned: Tensors) -> None:
        with torch.no_grad():
            for name in self._masks:
                codebook = learned[_codebook(name)]
                codebook.copy_(codebook.sort().values)
                middles = (codebook[1:] + codebook[:-1]) / 2
                self._choices[name] = torch.bucketize(learned[name], middles)


def _codebook(weights: str) -> str:
    return weights.removesuffix("weight") + "codebook"
