"""Dropout while a pruned network learns again: arXiv:1506.02626, section 3.2. Importing this loads torch.

Fewer connections fit less by heart, so they are dropped less often (equation 2). Here one choice is made for a whole batch: an
input that is dropped is a column of zeros in the weights that read it, the others grow so that the expected sum stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch

from reference_impl.deep_compression.classic.settings import LayerSettings
from reference_impl.pruning import retraining_dropout
from reference_impl.training.loop import Tensors

Read = Callable[[Tensors], Tensors]


@dataclass(frozen=True, eq=False)
class Dropping:
    """What `read` gives, with some inputs of some layers dropped; another choice at each call."""

    read: Read
    ratios: Mapping[str, float]  #: of the inputs of a layer, 0 ... 1; "ip2" and so on
    generator: torch.Generator

    def __call__(self, learned: Tensors) -> Tensors:
        found = self.read(learned)
        for layer, ratio in self.ratios.items():
            weights = found[f"{layer}.weight"]
            stays = torch.rand(weights.shape[1], generator=self.generator) >= ratio
            found[f"{layer}.weight"] = weights * (stays / (1 - ratio))
        return found


def dropout_ratios(layers: Mapping[str, LayerSettings], done: float = 1.0) -> dict[str, float]:
    """Of the layers whose inputs are dropped, when pruning is done to that share (density^done is left)."""
    return {
        name: retraining_dropout(layer.input_dropout, layer.density**done)
        for name, layer in layers.items()
        if layer.input_dropout
    }
