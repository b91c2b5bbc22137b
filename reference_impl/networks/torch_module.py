"""The same networks in torch, differentiable by their parameters; `forward` is the definition. Importing this loads torch."""

from collections.abc import Mapping
from typing import assert_never

import torch
from torch import Tensor
from torch.nn import functional

from reference_impl.networks.architecture import Architecture
from reference_impl.networks.layers import Conv2d, Flatten, Layer, Linear, MaxPool2d, ReLU
from reference_impl.networks.parameters import initial_parameters, refuse_other_names


def torch_forward(architecture: Architecture, parameters: Mapping[str, Tensor], images: Tensor) -> Tensor:
    """Logits (n, classes), in the dtype and on the device of its arguments. Shapes are torch's to refuse.

    OutOfRange: names that are not the architecture's.
    """
    refuse_other_names(architecture, parameters)
    values = images
    for layer in architecture.layers:
        values = _output(layer, parameters, values)
    return values


def initial_tensors(architecture: Architecture, seed: int) -> dict[str, Tensor]:
    """`initial_parameters` as leaves that ask for a gradient. Errors as `initial_parameters`."""
    initial = initial_parameters(architecture, seed)
    return {name: torch.tensor(values, requires_grad=True) for name, values in initial.items()}


def _output(layer: Layer, parameters: Mapping[str, Tensor], values: Tensor) -> Tensor:
    match layer:
        case Linear():
            weight, bias = parameters[f"{layer.name}.weight"], parameters[f"{layer.name}.bias"]
            return functional.linear(values, weight, bias)
        case Conv2d():
            weight, bias = parameters[f"{layer.name}.weight"], parameters[f"{layer.name}.bias"]
            return functional.conv2d(values, weight, bias, stride=layer.stride, padding=layer.padding)
        case MaxPool2d():
            return functional.max_pool2d(values, layer.size)
        case ReLU():
            return functional.relu(values)
        case Flatten():
            return values.flatten(1)
        case _:
            assert_never(layer)
