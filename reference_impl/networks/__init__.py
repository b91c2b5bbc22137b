"""Networks as data: what they are made of, what they cost, what they answer."""

from reference_impl.networks.architecture import (
    Architecture,
    layer_shapes,
    mac_counts,
    parameter_counts,
    parameter_shapes,
)
from reference_impl.networks.catalogue import (
    ARCHITECTURES,
    DIGITS_CNN,
    LENET_5,
    LENET_300_100,
    architecture_named,
)
from reference_impl.networks.evaluation import error_percent, wrong_count
from reference_impl.networks.forward import forward
from reference_impl.networks.layers import Conv2d, Flatten, Layer, Linear, MaxPool2d, ReLU, Weighted
from reference_impl.networks.parameters import Parameters, checked_parameters, initial_parameters

__all__ = [
    "ARCHITECTURES",
    "DIGITS_CNN",
    "LENET_5",
    "LENET_300_100",
    "Architecture",
    "Conv2d",
    "Flatten",
    "Layer",
    "Linear",
    "MaxPool2d",
    "Parameters",
    "ReLU",
    "Weighted",
    "architecture_named",
    "checked_parameters",
    "error_percent",
    "forward",
    "initial_parameters",
    "layer_shapes",
    "mac_counts",
    "parameter_counts",
    "parameter_shapes",
    "wrong_count",
]
