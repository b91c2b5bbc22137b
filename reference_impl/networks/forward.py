"""A network run in plain numpy and float32: the definition. Without the training code, a decoded file is measured by it."""

from collections.abc import Mapping
from math import prod
from typing import assert_never

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.networks.architecture import Architecture
from reference_impl.networks.layers import Conv2d, Flatten, Layer, Linear, MaxPool2d, ReLU
from reference_impl.networks.parameters import Parameters, checked_parameters
from reference_impl.reals import any_array, float32_array, real_array

Floats = NDArray[np.float32]
#: As many images at once as keep the unfolded windows of a convolution within a core's cache.
BATCH = 100


def forward(architecture: Architecture, parameters: Mapping[str, ArrayLike], images: ArrayLike) -> Floats:
    """Logits (n, classes) of images (n, channels, side, side); no images give no logits.

    OutOfRange: shapes or names that are not the architecture's, a magnitude beyond float32. WrongDtype, NotFinite: of the values.
    """
    given, known = any_array(images, "images"), checked_parameters(architecture, parameters)
    if given.shape[1:] != architecture.input_shape:
        raise OutOfRange(
            f"{architecture.name} takes images (n, *{architecture.input_shape}), not {given.shape}"
        )
    batches = [given[start : start + BATCH] for start in range(0, max(len(given), 1), BATCH)]
    return np.concatenate([_logits(architecture, known, batch) for batch in batches])


def _logits(architecture: Architecture, parameters: Parameters, batch: ArrayLike) -> Floats:
    values = float32_array(real_array(batch, "images"), "images")
    for layer in architecture.layers:
        values = _output(layer, parameters, values)
    return values


def _output(layer: Layer, parameters: Parameters, values: Floats) -> Floats:
    match layer:
        case Linear():
            return values @ parameters[f"{layer.name}.weight"].T + parameters[f"{layer.name}.bias"]
        case Conv2d():
            return _conv2d(layer, parameters, values)
        case MaxPool2d():
            return _max_pool2d(layer.size, values)
        case ReLU():
            return np.maximum(values, 0)
        case Flatten():
            return values.reshape(len(values), prod(values.shape[1:]))
        case _:
            assert_never(layer)


def _conv2d(layer: Conv2d, parameters: Parameters, images: Floats) -> Floats:
    """im2col: every window is a column, in the order of a flattened kernel, and a kernel is a row."""
    border = (layer.padding, layer.padding)
    padded = np.pad(images, ((0, 0), (0, 0), border, border))
    windows = sliding_window_view(padded, (layer.kernel, layer.kernel), axis=(2, 3))
    windows = windows[:, :, :: layer.stride, :: layer.stride].transpose(0, 1, 4, 5, 2, 3)
    n, *_, height, width = windows.shape
    kernels = parameters[f"{layer.name}.weight"].reshape(layer.out_channels, -1)
    sums = kernels @ windows.reshape(n, kernels.shape[1], height * width)
    sums += parameters[f"{layer.name}.bias"][:, np.newaxis]
    return sums.reshape(n, layer.out_channels, height, width)


def _max_pool2d(size: int, images: Floats) -> Floats:
    """Pixel by pixel of the blocks, which numpy does several times faster than a maximum over two short axes."""
    greatest = images[:, :, ::size, ::size]
    for row, column in np.ndindex(size, size):
        greatest = np.maximum(greatest, images[:, :, row::size, column::size])
    return greatest
