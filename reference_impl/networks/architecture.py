"""A network without its numbers: layers one behind the other, and what follows from them."""

from dataclasses import dataclass

from reference_impl.costs.layers import conv_macs, conv_parameters, dense_macs, dense_parameters
from reference_impl.errors import OutOfRange
from reference_impl.networks import layers as of_layer
from reference_impl.networks.layers import Conv2d, Layer, Linear, Shape, Weighted


@dataclass(frozen=True)
class Architecture:
    """OutOfRange: images that are not square, two layers of one name, a layer that cannot take what the one before gives."""

    name: str
    input_shape: Shape  #: (channels, side, side)
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if len(self.input_shape) != 3 or self.input_shape[1] != self.input_shape[2]:
            raise OutOfRange(f"{self.name}: images are (channels, side, side), not {self.input_shape}")
        names = [layer.name for layer in self.weighted]
        if len(set(names)) != len(names):
            raise OutOfRange(f"{self.name}: two layers have the same name among {', '.join(names)}")
        layer_shapes(self)

    @property
    def weighted(self) -> tuple[Weighted, ...]:
        """The layers that have parameters."""
        return tuple(layer for layer in self.layers if isinstance(layer, Linear | Conv2d))


def layer_shapes(architecture: Architecture) -> list[Shape]:
    """The input's shape, then that of each layer's output, for one image. OutOfRange: a layer cannot take its input."""
    shapes = [architecture.input_shape]
    for layer in architecture.layers:
        shapes.append(of_layer.output_shape(layer, shapes[-1]))
    return shapes


def parameter_shapes(architecture: Architecture) -> dict[str, Shape]:
    """Like {"ip1.weight": (300, 784), "ip1.bias": (300,), ...}, in the order of the layers."""
    return {
        f"{layer.name}.{part}": shape
        for layer in architecture.weighted
        for part, shape in of_layer.parameter_shapes(layer).items()
    }


def parameter_counts(architecture: Architecture) -> dict[str, int]:
    """Weights and biases of each layer that has some."""
    return {layer.name: _parameters(layer) for layer in architecture.weighted}


def mac_counts(architecture: Architecture) -> dict[str, int]:
    """Multiply-accumulates of each layer that has parameters, for one image (`costs.conv_macs`, `costs.dense_macs`)."""
    outputs = zip(architecture.layers, layer_shapes(architecture)[1:], strict=True)
    return {layer.name: _macs(layer, shape) for layer, shape in outputs if isinstance(layer, Linear | Conv2d)}


def _parameters(layer: Weighted) -> int:
    if isinstance(layer, Linear):
        return dense_parameters(layer.inputs, layer.outputs)
    return conv_parameters(layer.kernel, layer.in_channels, layer.out_channels)


def _macs(layer: Weighted, output: Shape) -> int:
    if isinstance(layer, Linear):
        return dense_macs(layer.inputs, layer.outputs)
    return conv_macs(layer.kernel, layer.in_channels, layer.out_channels, out_side=output[-1])
