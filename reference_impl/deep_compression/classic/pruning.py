"""Prune, retrain, again: arXiv:1506.02626, section 3. Importing this loads torch.

In each round the weights of least magnitude go, layer by layer, and what is left learns on with an L2 penalty. L2 also
takes the weights that no image reaches, such as those of ever-black pixels, which would else keep their first size.
"""

from dataclasses import dataclass

import numpy as np
import torch

from reference_impl.deep_compression.bench import Bench, arrays, tensors
from reference_impl.deep_compression.classic.dropout import Dropping, dropout_ratios
from reference_impl.deep_compression.classic.settings import Settings
from reference_impl.deep_compression.stages import Masks, Parameters, Pruned
from reference_impl.pruning import magnitude_mask, masked
from reference_impl.training.loop import Tensors


def prune(bench: Bench, dense: Parameters, settings: Settings) -> Pruned:
    """To the densities of the settings, geometrically over the rounds."""
    pruned = Pruned(dense, {})
    for number in range(1, settings.rounds + 1):
        masks = round_masks(pruned.parameters, settings, number)
        schedule = settings.last_retraining if number == settings.rounds else settings.retraining
        keep = {name: torch.from_numpy(mask) for name, mask in masks.items()}
        stage = f"prune and retrain, round {number} of {settings.rounds}"
        ratios = dropout_ratios(settings.layers, number / settings.rounds)
        read = Dropping(Masking(keep), ratios, bench.generator)
        learned = bench.train(stage, tensors(pruned.parameters), schedule, read=read)
        pruned = Pruned(without(arrays(learned), masks), masks)
    return pruned


def round_masks(parameters: Parameters, settings: Settings, number: int) -> Masks:
    """After so many rounds density^(number / rounds) of each layer is left."""
    return {
        f"{layer}.weight": magnitude_mask(
            parameters[f"{layer}.weight"], 1 - each.density ** (number / settings.rounds)
        )
        for layer, each in settings.layers.items()
    }


def without(parameters: Parameters, masks: Masks) -> Parameters:
    """Zero where a mask is False."""
    return parameters | {
        name: masked(parameters[name], mask).astype(np.float32) for name, mask in masks.items()
    }


@dataclass(frozen=True, eq=False)
class Masking:
    """What is learned, seen through the masks: no gradient reaches a pruned weight."""

    keep: Tensors

    def __call__(self, learned: Tensors) -> Tensors:
        return learned | {name: learned[name] * mask for name, mask in self.keep.items()}
