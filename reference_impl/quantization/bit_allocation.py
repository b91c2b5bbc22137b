"""Mixed precision: how many bits each layer gets, so that the whole loses least within a budget of bits.

The problem of HAWQ-V3 (Yao et al. 2021, arXiv:2011.10680, section 3, there by integer linear programming): a
multiple-choice knapsack. Solved here exactly by dynamic programming over the layers: of all ways to spend a number of
bits only the cheapest is kept, and of those none that spends more without losing less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange


@dataclass(frozen=True)
class Layer:
    """`loss[bits]` is what the network loses when this layer alone has so many bits; its keys are the choices."""

    weights: int  #: how many
    loss: Mapping[int, float]

    def __post_init__(self) -> None:
        if not self.loss:
            raise EmptyInput("a layer needs at least one choice of bits")
        if self.weights < 0 or min(self.loss) < 0:
            raise OutOfRange("numbers of weights and of bits are not negative")
        if not all(isfinite(loss) for loss in self.loss.values()):
            raise NotFinite("losses must be finite")


class Allocation(NamedTuple):
    bits: tuple[int, ...]  #: per weight, layer by layer
    size_bits: int  #: of all weights together, never over the budget
    loss: float  #: sum over the layers, the least possible


class _Way(NamedTuple):
    size_bits: int
    loss: float
    bits: tuple[int, ...]


def allocate_bits(layers: Sequence[Layer], budget_bits: int) -> Allocation:
    """The allocation of least total loss within budget_bits (bits, not bytes); of equal losses a smallest one.

    EmptyInput: no layer; OutOfRange: even the fewest bits everywhere exceed the budget.
    """
    if not layers:
        raise EmptyInput("there is no layer to give bits to")
    least = sum(layer.weights * min(layer.loss) for layer in layers)
    if least > budget_bits:
        raise OutOfRange(f"the fewest bits everywhere take {least} bits, the budget is {budget_bits}")
    ways, rest = [_Way(0, 0.0, ())], least
    for layer in layers:
        rest -= layer.weights * min(layer.loss)
        ways = _undominated(_extended(ways, layer, budget_bits - rest))
    best = ways[-1]
    return Allocation(best.bits, best.size_bits, best.loss)


def _extended(ways: Sequence[_Way], layer: Layer, limit_bits: int) -> list[_Way]:
    return [
        _Way(size, way.loss + loss, (*way.bits, bits))
        for way in ways
        for bits, loss in layer.loss.items()
        if (size := way.size_bits + layer.weights * bits) <= limit_bits
    ]


def _undominated(ways: list[_Way]) -> list[_Way]:
    """By rising size and falling loss; the last one loses least."""
    kept: list[_Way] = []
    for way in sorted(ways):
        if not kept or way.loss < kept[-1].loss:
            kept.append(way)
    return kept
