"""Mixed precision: how many bits each layer gets, so that the whole loses least within a budget of bits.

The problem of HAWQ-V3 (Yao et al. 2021, arXiv:2011.10680, there by integer linear programming): a
multiple-choice knapsack. Solved here exactly by dynamic programming over the layers: of all ways to spend a number of
bits only the cheapest is kept, and of those none that spends more without losing less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.reals import squarable_reals, whole_number


@dataclass(frozen=True)
class Layer:
    """`loss[bits]` is what the network loses when this layer alone has so many bits; its keys are the choices.

    EmptyInput: no choice; NotFinite: a loss that is not finite; OutOfRange: negative weights or bits; WrongDtype: no
    numbers.
    """

    weights: int  #: how many
    loss: Mapping[int, float]

    def __post_init__(self) -> None:
        if not self.loss:
            raise EmptyInput("a layer needs at least one choice of bits")
        object.__setattr__(self, "weights", whole_number(self.weights, 0, inf, "the number of weights"))
        for bits in self.loss:
            whole_number(bits, 0, inf, "bits")
        squarable_reals(list(self.loss.values()), "losses")


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

    Exact, so that the time may grow with the number of different sizes: 54 layers of 5 choices take seconds at most.
    EmptyInput: no layer; WrongDtype: a budget that is no integer; OutOfRange: even the fewest bits everywhere exceed it.
    """
    budget_bits = whole_number(budget_bits, 0, inf, "the budget in bits")
    if not layers:
        raise EmptyInput("there is no layer to give bits to")
    least = sum(layer.weights * int(min(layer.loss)) for layer in layers)
    if least > budget_bits:
        raise OutOfRange(f"the fewest bits everywhere take {least} bits, the budget is {budget_bits}")
    ways, rest = [_Way(0, 0.0, ())], least
    for layer in layers:
        rest -= layer.weights * int(min(layer.loss))
        ways = _undominated(_extended(ways, layer, budget_bits - rest))
    best = ways[-1]
    return Allocation(best.bits, best.size_bits, best.loss)


def _extended(ways: Sequence[_Way], layer: Layer, limit_bits: int) -> list[_Way]:
    return [
        _Way(size, way.loss + loss, (*way.bits, bits))
        for way in ways
        for bits, loss in layer.loss.items()
        if (size := way.size_bits + layer.weights * int(bits)) <= limit_bits
    ]


def _undominated(ways: list[_Way]) -> list[_Way]:
    """By rising size and falling loss; the last one loses least."""
    kept: list[_Way] = []
    for way in sorted(ways):
        if not kept or way.loss < kept[-1].loss:
            kept.append(way)
    return kept
