"""A narrow network, put back into the shapes of the whole one, computes the same."""

import numpy as np
import pytest

from reference_impl.deep_compression.best.narrow import narrowed, padded
from reference_impl.errors import OutOfRange
from reference_impl.networks import (
    ARCHITECTURES,
    LENET_5,
    LENET_300_100,
    forward,
    initial_parameters,
    parameter_shapes,
)

WIDTHS = {
    "lenet-300-100": {"ip1": 40, "ip2": 7},
    "lenet-5": {"conv1": 3, "conv2": 5, "ip1": 11},
    "digits-cnn": {"conv1": 2, "ip1": 9},
}


@pytest.mark.parametrize("name", WIDTHS)
def test_the_widened_network_computes_what_the_narrow_one_does(name: str) -> None:
    whole = ARCHITECTURES[name]
    narrow = narrowed(whole, WIDTHS[name])
    parameters = initial_parameters(narrow, 1)
    images = np.random.default_rng(0).random((5, *whole.input_shape), np.float32)
    wide = {key: padded(parameters[key], shape) for key, shape in parameter_shapes(whole).items()}
    np.testing.assert_allclose(
        forward(whole, wide, images), forward(narrow, parameters, images), rtol=1e-4, atol=1e-5
    )


def test_without_widths_nothing_changes() -> None:
    assert narrowed(LENET_5, {}) == LENET_5


def test_widths_reach_the_layers_that_read_them() -> None:
    shapes = parameter_shapes(narrowed(LENET_5, WIDTHS["lenet-5"]))
    assert shapes["conv1.weight"] == (3, 1, 5, 5)
    assert shapes["conv2.weight"] == (5, 3, 5, 5)
    assert shapes["ip1.weight"] == (11, 5 * 16)
    assert shapes["ip2.weight"] == (10, 11)


@pytest.mark.parametrize("widths", [{"ip3": 5}, {"ip9": 5}, {"ip1": 0}, {"ip1": 301}])
def test_widths_that_the_network_cannot_have_are_refused(widths: dict[str, int]) -> None:
    with pytest.raises(OutOfRange):
        narrowed(LENET_300_100, widths)


@pytest.mark.parametrize("shape", [(2, 2), (3, 1), (6,)])
def test_an_array_that_is_too_large_is_not_cut(shape: tuple[int, ...]) -> None:
    with pytest.raises(OutOfRange):
        padded(np.ones((2, 3)), shape)
