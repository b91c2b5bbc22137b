"""Plain numpy and torch give the same network."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reference_impl.errors import NotFinite, OutOfRange, WrongDtype
from reference_impl.networks import (
    ARCHITECTURES,
    DIGITS_CNN,
    Architecture,
    Conv2d,
    Flatten,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
    forward,
    initial_parameters,
    layer_shapes,
)
from reference_impl.networks.forward import BATCH
from reference_impl.networks.layers import Shape
from reference_impl.networks.torch_module import initial_tensors, torch_forward


def images(architecture: Architecture, count: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.RandomState(seed).uniform(0, 1, (count, *architecture.input_shape)).astype(np.float32)


def by_torch(architecture: Architecture, parameters: dict, inputs: NDArray) -> NDArray:
    tensors = {name: torch.tensor(values) for name, values in parameters.items()}
    return torch_forward(architecture, tensors, torch.tensor(inputs)).numpy()


@st.composite
def architectures(draw: st.DrawFn) -> Architecture:
    """Convolutions and pools as they come, then one linear layer."""
    side, channels = draw(st.integers(4, 9)), draw(st.integers(1, 3))
    layers: list[Layer] = []

    def shape() -> Shape:
        return layer_shapes(Architecture("part", (channels, side, side), tuple(layers)))[-1]

    for number in range(draw(st.integers(0, 3))):
        kernel = draw(st.integers(1, min(3, shape()[1])))
        stride, padding, out = draw(st.integers(1, 2)), draw(st.integers(0, 2)), draw(st.integers(1, 4))
        layers.append(Conv2d(f"conv{number}", shape()[0], out, kernel, stride, padding))
        layers += draw(st.sampled_from([[], [ReLU()]]))
        layers.append(
            MaxPool2d(draw(st.sampled_from([size for size in (1, 2, 3) if shape()[1] % size == 0])))
        )
    layers.append(Flatten())
    layers.append(Linear("ip1", shape()[0], draw(st.integers(1, 4))))
    return Architecture("drawn", (channels, side, side), tuple(layers))


@given(architectures(), st.integers(0, 3), st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_any_network_agrees_with_torch(architecture: Architecture, count: int, seed: int) -> None:
    parameters = initial_parameters(architecture, seed)
    parameters = {name: values + np.float32(0.25) for name, values in parameters.items()}
    inputs = images(architecture, count, seed)
    found = forward(architecture, parameters, inputs)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, by_torch(architecture, parameters, inputs), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("architecture", ARCHITECTURES.values(), ids=lambda each: each.name)
def test_the_networks_of_the_library_agree_with_torch(architecture: Architecture) -> None:
    parameters, inputs = initial_parameters(architecture, 0), images(architecture, BATCH + 1)
    found = forward(architecture, parameters, inputs)
    assert found.shape == (BATCH + 1, 10)
    np.testing.assert_allclose(found, by_torch(architecture, parameters, inputs), rtol=0, atol=1e-5)


def test_torch_gives_every_parameter_a_gradient() -> None:
    parameters = initial_tensors(DIGITS_CNN, seed=0)
    torch_forward(DIGITS_CNN, parameters, torch.tensor(images(DIGITS_CNN, 4))).square().sum().backward()
    assert all(each.grad is not None and each.grad.abs().sum() > 0 for each in parameters.values())


def test_the_seed_alone_decides_where_training_begins() -> None:
    first, again, other = (initial_parameters(DIGITS_CNN, seed) for seed in (1, 1, 2))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["ip1.weight"], other["ip1.weight"])
    assert all(not first[name].any() for name in first if name.endswith(".bias"))


def test_initial_weights_have_the_variance_of_one_over_fan_in() -> None:
    weights = initial_parameters(ARCHITECTURES["lenet-5"], seed=0)
    for name, fan_in in (("conv2.weight", 500), ("ip1.weight", 800)):
        assert weights[name].var() * fan_in == pytest.approx(1, abs=0.03)
        assert np.abs(weights[name]).max() <= np.float32((3 / fan_in) ** 0.5)


def without(name: str) -> dict:
    return {key: values for key, values in initial_parameters(DIGITS_CNN, 0).items() if key != name}


def test_parameters_of_other_names_are_refused() -> None:
    inputs = images(DIGITS_CNN, 1)
    for odd in (without("ip1.bias"), without("") | {"ip3.bias": np.zeros(1)}):
        with pytest.raises(OutOfRange, match=r"ip\d.bias: missing in, or unknown to"):
            forward(DIGITS_CNN, odd, inputs)
        with pytest.raises(OutOfRange, match=r"ip\d.bias: missing in, or unknown to"):
            torch_forward(
                DIGITS_CNN, {name: torch.tensor(each) for name, each in odd.items()}, torch.tensor(inputs)
            )


@pytest.mark.parametrize(
    ("values", "error"),
    [
        (np.zeros(63), OutOfRange),
        (np.zeros((64, 1)), OutOfRange),
        (np.full(64, np.nan), NotFinite),
        (np.full(64, 1e39), OutOfRange),
        (np.full(64, "x"), WrongDtype),
    ],
)
def test_parameters_that_cannot_be_are_refused(values: NDArray, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"ip1\.bias"):
        forward(DIGITS_CNN, without("ip1.bias") | {"ip1.bias": values}, images(DIGITS_CNN, 1))


@pytest.mark.parametrize(
    ("inputs", "error"),
    [
        (np.zeros((1, 8, 8)), OutOfRange),
        (np.zeros((1, 1, 8, 7)), OutOfRange),
        (np.float32(0), OutOfRange),
        (np.full((1, 1, 8, 8), np.inf), NotFinite),
        (np.full((1, 1, 8, 8), "x"), WrongDtype),
    ],
)
def test_images_that_cannot_be_are_refused(inputs: NDArray, error: type[Exception]) -> None:
    with pytest.raises(error):
        forward(DIGITS_CNN, initial_parameters(DIGITS_CNN, 0), inputs)


def test_what_is_given_stays_as_it_was() -> None:
    parameters, inputs = initial_parameters(DIGITS_CNN, 0), images(DIGITS_CNN, 3)
    copies, before = {name: each.copy() for name, each in parameters.items()}, inputs.copy()
    forward(DIGITS_CNN, parameters, inputs)
    np.testing.assert_array_equal(inputs, before)
    assert all(np.array_equal(parameters[name], copies[name]) for name in copies)
