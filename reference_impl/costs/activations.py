"""Memory that activations take at once during inference, one step after the other.

A tensor lives from the step that writes it (the network's input from the start) to the last step that reads it; one that
no step reads is an output of the network, and lives to the end. While a step runs, what it reads and what it writes exist together, unless it works in place. Lower bound of what a memory
planner can reach: room lost between tensors is not counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.reals import whole_number


@dataclass(frozen=True)
class Step:
    reads: tuple[str, ...]
    writes: str
    in_place: bool = False  #: the output takes the room of the first tensor read, as ReLU may


def chain(sizes: Sequence[int]) -> tuple[list[Step], dict[str, int]]:
    """Steps and sizes of layers one behind the other; sizes, in values: of the input and of each layer's output."""
    names = [f"t{i}" for i in range(len(sizes))]
    steps = [Step((before,), after) for before, after in pairwise(names)]
    return steps, dict(zip(names, sizes, strict=True))


def peak_activations(steps: Sequence[Step], sizes: Mapping[str, int]) -> int:
    """Greatest number of values alive at one step, for a batch of one. Tensors never written are the network's inputs.

    EmptyInput: no steps. WrongDtype: a size that is no integer. OutOfRange: a tensor of unknown or negative size, written twice or read before it is written,
    or a step in place whose input is read again or is smaller than its output.
    """
    if not steps:
        raise EmptyInput("there are no steps")
    last_read = {name: at for at, step in enumerate(steps) for name in step.reads}
    written = {step.writes for step in steps}
    alive = {name for name in last_read if name not in written}
    seen, peak = set(alive), 0
    for at, step in enumerate(steps):
        _check(step, sizes, seen, last_read, at)
        shared = sizes[step.writes] if step.in_place else 0
        alive.add(step.writes)
        seen.add(step.writes)
        peak = max(peak, sum(int(sizes[name]) for name in alive) - int(shared))
        alive = {name for name in alive if last_read.get(name, len(steps)) > at}
    return peak


def peak_activation_bits(sizes: Sequence[int], *, bits: int = 32) -> int:
    """Of layers one behind the other: the greatest sum of two neighbours, times the bits of a value.

    sizes: values of the input and of each layer's output. Errors as `peak_activations`; OutOfRange: bits below 1.
    """
    return peak_activations(*chain(sizes)) * whole_number(bits, 1, inf, "bits of a value")


def _check(
    step: Step, sizes: Mapping[str, int], seen: set[str], last_read: Mapping[str, int], at: int
) -> None:
    for name in (*step.reads, step.writes):
        if name not in sizes:
            raise OutOfRange(f"the size of {name} is unknown")
        whole_number(sizes[name], 0, inf, f"the size of {name}")
    if step.writes in seen or not set(step.reads) <= seen:
        raise OutOfRange(f"{step.writes} is written twice, or made from what is not there yet")
    if step.in_place:
        taken = step.reads[0] if step.reads else step.writes
        if taken == step.writes or last_read[taken] > at or sizes[taken] < sizes[step.writes]:
            raise OutOfRange(f"{step.writes} cannot take the room of {taken}")
