"""The layers of the best recipe as one stream of the adaptive coder: numpy and numba, no torch.

The stream holds no shape and no length: the network's shapes are given to `decode`. Shared values and biases lie on grids.
"""

from collections.abc import Mapping
from math import isqrt, prod

import numpy as np
from numpy.typing import NDArray

from reference_impl.deep_compression.stages import Parameters
from reference_impl.entropy_coding.adaptive import (
    Geometry,
    LayerCodes,
    decode_network,
    encode_network,
    sort_units,
)
from reference_impl.entropy_coding.adaptive.grids import from_grid, to_grid
from reference_impl.errors import OutOfRange
from reference_impl.kernels import adaptive_layer

VALUE_BITS, BIAS_BITS = 9, 8
Shapes = Mapping[str, tuple[int, ...]]


def encode(parameters: Parameters) -> bytes:
    """Weights of few different values and biases, in the network's order; hidden units are put into another order.

    OutOfRange: more than 255 values above or below zero in a layer, a magnitude beyond the grids.
    """
    return encode_network(list(layer_codes(parameters).values()), rows=adaptive_layer)


def layer_codes(parameters: Parameters) -> dict[str, LayerCodes]:
    """What `encode` writes, by layer. Errors as `encode`."""
    geometries = _geometries({name: values.shape for name, values in parameters.items()})
    layers = [
        _layer(geometry, parameters[f"{name}.weight"], parameters[f"{name}.bias"])
        for name, geometry in geometries.items()
    ]
    return dict(zip(geometries, sort_units(layers), strict=True))


def decode(payload: bytes, shapes: Shapes) -> Parameters:
    """Arrays by name, of the shapes that are given in the network's order. CorruptData: not what `encode` gives for them."""
    geometries = _geometries(shapes)
    layers = decode_network(payload, list(geometries.values()), rows=adaptive_layer)
    arrays: Parameters = {}
    for name, layer in zip(geometries, layers, strict=True):
        values = np.concatenate(
            [np.zeros(1, np.float32), from_grid(np.array(layer.codebook, np.int64), layer.codebook_scale)]
        )
        arrays[f"{name}.weight"] = values[layer.codes].reshape(shapes[f"{name}.weight"])
        arrays[f"{name}.bias"] = from_grid(layer.biases, layer.bias_scale)
    return arrays


def _layer(geometry: Geometry, weights: NDArray[np.float32], biases: NDArray[np.float32]) -> LayerCodes:
    points, scale = to_grid(weights.reshape(geometry.outputs, -1), VALUE_BITS)
    codebook = np.unique(points[points != 0])
    codes = np.where(points != 0, np.searchsorted(codebook, points) + 1, 0)
    bias_points, bias_scale = to_grid(biases, BIAS_BITS)
    return LayerCodes(geometry, codes, tuple(codebook.tolist()), bias_points, scale, bias_scale)


def _geometries(shapes: Shapes) -> dict[str, Geometry]:
    """Where a layer's inputs lie: units, the pixels of a kernel, or those of the images that the layer before gives."""
    found: dict[str, Geometry] = {}
    channels = 1  # of the network's input, whose images are grey
    images = True
    for name, shape in shapes.items():
        if not name.endswith(".weight"):
            continue
        side = shape[-1] if len(shape) == 4 else isqrt(prod(shape[1:]) // channels) if images else 1
        if channels * side * side != prod(shape[1:]):
            raise OutOfRange(f"{name} of shape {shape} reads no {channels} square images")
        found[name.removesuffix(".weight")] = Geometry(shape[0], channels, side, side)
        channels, images = shape[0], len(shape) == 4
    return found
