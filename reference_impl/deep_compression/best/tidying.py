"""Units that do nothing go, and the network's function stays.

A unit that nothing reads needs no weights. A unit without weights is constant: what reads it gets its value as bias.
"""

from dataclasses import dataclass

import numpy as np

from reference_impl.deep_compression.stages import Parameters
from reference_impl.networks import Architecture, Conv2d, ReLU, Weighted


@dataclass(frozen=True)
class Link:
    """Two layers with parameters, one behind the other."""

    before: Weighted
    after: Weighted
    rectified: bool  #: there is a ReLU in between

    @property
    def can_fold(self) -> bool:
        """At the border of a padded image a constant unit is zero for some outputs, so it is no bias."""
        return not (isinstance(self.after, Conv2d) and self.after.padding)


def links(architecture: Architecture) -> list[Link]:
    """In order of computation."""
    found: list[Link] = []
    before: Weighted | None = None
    rectified = False
    for layer in architecture.layers:
        if layer in architecture.weighted:
            if before is not None:
                found.append(Link(before, layer, rectified))
            before, rectified = layer, False
        elif isinstance(layer, ReLU):
            rectified = True
    return found


def tidied(architecture: Architecture, parameters: Parameters) -> Parameters:
    """The same function with no more weights and biases than before; arrays that were given stay as they are."""
    found = {name: values.copy() for name, values in parameters.items()}
    chain = links(architecture)
    for link in reversed(chain):
        _drop_unread(link, found)
    for link in chain:
        if link.can_fold:
            _fold_constant(link, found)
    return found


def _drop_unread(link: Link, found: Parameters) -> None:
    unread = ~_by_channel(link, found).any(axis=(0, 2))
    found[f"{link.before.name}.weight"][unread] = 0
    found[f"{link.before.name}.bias"][unread] = 0


def _fold_constant(link: Link, found: Parameters) -> None:
    weights, biases = found[f"{link.before.name}.weight"], found[f"{link.before.name}.bias"]
    constant = ~weights.reshape(len(weights), -1).any(axis=1)
    values = np.where(constant, np.maximum(biases, 0) if link.rectified else biases, 0)
    # (outputs, channels, positions): a view, so that zeros written into it are written into the weights
    reading = _by_channel(link, found)
    found[f"{link.after.name}.bias"] += (reading.sum(axis=2) @ values).astype(np.float32)
    reading[:, constant] = 0
    biases[constant] = 0


def _by_channel(link: Link, found: Parameters) -> np.ndarray:
    reading = found[f"{link.after.name}.weight"]
    return reading.reshape(len(reading), len(found[f"{link.before.name}.weight"]), -1)
