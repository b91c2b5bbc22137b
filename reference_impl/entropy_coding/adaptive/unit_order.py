"""Hidden units in the order that is cheapest to code. A network computes the same in any order of its hidden units."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reference_impl.entropy_coding.adaptive.layer_codes import LayerCodes
from reference_impl.entropy_coding.adaptive.tables import Integers
from reference_impl.errors import OutOfRange


def sort_units(layers: Sequence[LayerCodes]) -> list[LayerCodes]:
    """Each hidden layer's units by falling number of weights kept going in, then going out; equal ones stay in order.

    Layers feed one another in the order given; those that follow a layer have one channel for each of its rows
    (OutOfRange). n! orders compute the same, so that up to log2 n! bits are saved.
    """
    ordered = list(layers)
    for k in range(len(ordered) - 1):
        after = ordered[k + 1].geometry
        if after.channels != ordered[k].geometry.outputs:
            raise OutOfRange(
                f"layer {k} has {ordered[k].geometry.outputs} outputs, but {after.channels} are read"
            )
        order = _order(ordered[k], ordered[k + 1])
        ordered[k] = replace(ordered[k], codes=ordered[k].codes[order], biases=ordered[k].biases[order])
        ordered[k + 1] = replace(
            ordered[k + 1], codes=_by_channel(ordered[k + 1])[:, order].reshape(after.outputs, -1)
        )
    return ordered


def _by_channel(layer: LayerCodes) -> Integers:
    return layer.codes.reshape(layer.geometry.outputs, layer.geometry.channels, -1)


def _order(layer: LayerCodes, after: LayerCodes) -> Integers:
    going_in = np.count_nonzero(layer.codes, axis=1)
    going_out = np.count_nonzero(_by_channel(after), axis=(0, 2))
    return np.lexsort((-going_out, -going_in)).astype(np.int64)
