"""Layers as data. A layer with parameters has a name, as in Caffe: `ip1` holds `ip1.weight` and `ip1.bias`.

Shapes leave the batch out: (channels, height, width) before Flatten, (values,) behind it. Errors everywhere: WrongDtype, a size
that is no integer; OutOfRange, one that is impossible, or a layer that cannot take what is given.
"""

from dataclasses import dataclass
from math import inf, prod
from typing import TypeAlias, assert_never

from reference_impl.costs.layers import conv_output_side
from reference_impl.errors import OutOfRange
from reference_impl.reals import whole_number

Shape: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Linear:
    """x W^T + b; weights (outputs, inputs). Caffe calls it InnerProduct."""

    name: str
    inputs: int
    outputs: int

    def __post_init__(self) -> None:
        _refuse_sizes(1, inputs=self.inputs, outputs=self.outputs)


@dataclass(frozen=True)
class Conv2d:
    """Cross-correlation with square kernels; weights (out_channels, in_channels, kernel, kernel)."""

    name: str
    in_channels: int
    out_channels: int
    kernel: int
    stride: int = 1
    padding: int = 0

    def __post_init__(self) -> None:
        _refuse_sizes(1, in_channels=self.in_channels, out_channels=self.out_channels)
        _refuse_sizes(1, kernel=self.kernel, stride=self.stride)
        _refuse_sizes(0, padding=self.padding)


@dataclass(frozen=True)
class MaxPool2d:
    """The greatest of each size x size block. It must divide the image: elsewhere Caffe rounds up and torch down."""

    size: int

    def __post_init__(self) -> None:
        _refuse_sizes(1, size=self.size)


@dataclass(frozen=True)
class ReLU:
    pass


@dataclass(frozen=True)
class Flatten:
    """Values in the order channel, row, column."""


Weighted: TypeAlias = Linear | Conv2d
Layer: TypeAlias = Weighted | MaxPool2d | ReLU | Flatten


def output_shape(layer: Layer, shape: Shape) -> Shape:
    match layer:
        case Linear():
            _refuse_unless(shape == (layer.inputs,), layer, shape)
            return (layer.outputs,)
        case Conv2d():
            _refuse_unless(len(shape) == 3 and shape[0] == layer.in_channels, layer, shape)
            height, width = (
                conv_output_side(side, layer.kernel, stride=layer.stride, padding=layer.padding)
                for side in shape[1:]
            )
            return (layer.out_channels, height, width)
        case MaxPool2d():
            _refuse_unless(len(shape) == 3 and not any(side % layer.size for side in shape[1:]), layer, shape)
            return (shape[0], *(side // layer.size for side in shape[1:]))
        case ReLU():
            return shape
        case Flatten():
            return (prod(shape),)
        case _:
            assert_never(layer)


def parameter_shapes(layer: Layer) -> dict[str, Shape]:
    """Of `weight` and `bias`; nothing for a layer without parameters."""
    match layer:
        case Linear():
            return {"weight": (layer.outputs, layer.inputs), "bias": (layer.outputs,)}
        case Conv2d():
            kernels = (layer.out_channels, layer.in_channels, layer.kernel, layer.kernel)
            return {"weight": kernels, "bias": (layer.out_channels,)}
        case _:
            return {}


def _refuse_sizes(least: int, **sizes: int) -> None:
    for name, size in sizes.items():
        whole_number(size, least, inf, name)


def _refuse_unless(fits: bool, layer: Layer, shape: Shape) -> None:
    if not fits:
        raise OutOfRange(f"{layer} cannot take an input of shape {shape}")
