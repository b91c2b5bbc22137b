"""How much accuracy each layer loses when it alone is pruned (arXiv:1506.02626, section 5 and figure 6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import NotFinite, OutOfRange, WrongDtype
from reference_impl.pruning.masks import magnitude_mask
from reference_impl.reals import refuse_outside

Weights = Mapping[str, NDArray[np.floating]]


@dataclass(frozen=True)
class SensitivityScan:
    baseline: float  #: the score with nothing pruned
    sparsities: tuple[float, ...]
    scores: dict[str, tuple[float, ...]]  #: by layer, in the order of the sparsities

    def largest_sparsity(self, layer: str, *, loss: float) -> float:
        """The greatest scanned sparsity of the layer before its score first falls below baseline - loss; 0 if none.

        OutOfRange: a layer that was not scanned, a loss below zero.
        """
        refuse_outside(loss, 0.0, np.inf, "the loss")
        if layer not in self.scores:
            raise OutOfRange(f"no layer {layer} was scanned, only {', '.join(self.scores)}")
        reached = 0.0
        for sparsity, score in sorted(zip(self.sparsities, self.scores[layer], strict=True)):
            if score < self.baseline - loss:
                break
            reached = sparsity
        return reached


def scan_sensitivity(
    evaluate: Callable[[Weights], float], weights: Weights, sparsities: Sequence[float]
) -> SensitivityScan:
    """Prunes by magnitude one layer at a time to each sparsity and calls evaluate: 1 + layers x sparsities calls.

    The arrays are written in place, so that a network that shares them sees it, and hold their first values again
    whenever this ends, by an error of evaluate too. A score is better the higher it is. WrongDtype: an array of other
    than floating numbers, or one that may not be written. OutOfRange: a sparsity outside 0 ... 1. NotFinite: weights or
    a score that are.
    """
    for sparsity in sparsities:
        refuse_outside(sparsity, 0.0, 1.0, "sparsity")
    for name, layer in weights.items():
        if not isinstance(layer, np.ndarray) or layer.dtype.kind != "f" or not layer.flags.writeable:
            raise WrongDtype(f"{name}: a writeable array of floating numbers is needed")
    baseline = _score(evaluate, weights)
    scores = {
        name: tuple(_score_pruned(evaluate, weights, layer, sparsity) for sparsity in sparsities)
        for name, layer in weights.items()
    }
    return SensitivityScan(baseline, tuple(sparsities), scores)


def _score_pruned(
    evaluate: Callable[[Weights], float], weights: Weights, layer: NDArray[np.floating], sparsity: float
) -> float:
    before = layer.copy()
    gone = ~magnitude_mask(layer, sparsity)
    try:
        layer[gone] = 0
        return _score(evaluate, weights)
    finally:
        layer[...] = before


def _score(evaluate: Callable[[Weights], float], weights: Weights) -> float:
    try:
        score = float(evaluate(weights))
    except (TypeError, ValueError, OverflowError) as error:
        raise WrongDtype(f"evaluate must give one real number: {error}") from error
    if not np.isfinite(score):
        raise NotFinite(f"evaluate gave {score}, which no sparsity can be compared by")
    return score
