"""A network with fewer units, and its arrays in the shapes of the whole one.

Zeros stand where the narrow network has nothing. Its function stays: a unit of zeros gives zero and is read with zeros.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange
from reference_impl.networks import Architecture, Conv2d, Layer, Linear, layer_shapes

Scalar = TypeVar("Scalar", bound=np.generic)


def narrowed(architecture: Architecture, widths: Mapping[str, int]) -> Architecture:
    """The same layers with so many outputs, of those that are named. The last layer keeps its classes.

    OutOfRange: a width that is not 1 ... that of the layer, or is given for the last layer or for none.
    """
    last = architecture.weighted[-1].name
    if unknown := set(widths) - {layer.name for layer in architecture.weighted[:-1]}:
        raise OutOfRange(f"{architecture.name} has no layer {', '.join(sorted(unknown))} before {last}")
    channels, kept, layers = architecture.input_shape[0], architecture.input_shape[0], []
    for layer, shape in zip(architecture.layers, layer_shapes(architecture), strict=False):
        channels = shape[0] if len(shape) == 3 else channels
        if isinstance(layer, Linear):
            # behind the flattening of images each channel is `positions` inputs
            positions = layer.inputs // channels
            layer, channels = replace(layer, inputs=kept * positions), layer.outputs
        elif isinstance(layer, Conv2d):
            layer = replace(layer, in_channels=kept)
        if isinstance(layer, Linear | Conv2d):
            kept = _width(layer, widths)
            layer = _with_outputs(layer, kept)
        layers.append(layer)
    return Architecture(architecture.name, architecture.input_shape, tuple(layers))


def padded(values: NDArray[Scalar], shape: tuple[int, ...]) -> NDArray[Scalar]:
    """At the start of zeros of that shape. OutOfRange: it does not fit."""
    if values.ndim != len(shape) or any(a > b for a, b in zip(values.shape, shape, strict=True)):
        raise OutOfRange(f"an array of shape {values.shape} does not fit into {shape}")
    whole = np.zeros(shape, values.dtype)
    whole[tuple(slice(size) for size in values.shape)] = values
    return whole


def _width(layer: Linear | Conv2d, widths: Mapping[str, int]) -> int:
    most = layer.outputs if isinstance(layer, Linear) else layer.out_channels
    width = widths.get(layer.name, most)
    if not 1 <= width <= most:
        raise OutOfRange(f"{layer.name} has 1 ... {most} outputs, not {width}")
    return width


def _with_outputs(layer: Linear | Conv2d, count: int) -> Layer:
    if isinstance(layer, Linear):
        return replace(layer, outputs=count)
    return replace(layer, out_channels=count)
