import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding.adaptive import Geometry, LayerCodes, encode_network, sort_units
from reference_impl.errors import OutOfRange
from reference_impl.kernels import adaptive_layer
from tests.reference_impl.entropy_coding.adaptive.networks import drawn_layer, same

BOOK = (-3, -1, 2, 5)


def network(seed: int) -> list[LayerCodes]:
    """Two channels of 3 x 2 pixels come out of the first layer's 5 rows, as after a convolution."""
    shapes = (Geometry(5, 4), Geometry(7, 5, 3, 2), Geometry(3, 7))
    return [drawn_layer(shape, BOOK, 0.4, seed + k) for k, shape in enumerate(shapes)]


def weights(layer: LayerCodes) -> np.ndarray:
    return np.array([0, *layer.codebook])[layer.codes]


def outputs(layers: list[LayerCodes], inputs: np.ndarray) -> np.ndarray:
    for layer, after in zip(layers, [*layers[1:], None], strict=True):
        inputs = weights(layer) @ inputs + layer.biases
        if after is not None:
            pixels = after.geometry.height * after.geometry.width
            inputs = np.repeat(np.maximum(inputs, 0), pixels) * np.tile(np.arange(1, pixels + 1), inputs.size)
    return inputs


@given(seed=st.integers(0, 10**6))
def test_the_network_computes_the_same(seed: int) -> None:
    inputs = np.random.default_rng(seed).integers(-9, 10, 4)
    assert np.array_equal(outputs(sort_units(network(seed)), inputs), outputs(network(seed), inputs))


@given(seed=st.integers(0, 10**6))
def test_rows_of_hidden_layers_keep_fewer_and_fewer_weights(seed: int) -> None:
    for layer in sort_units(network(seed))[:-1]:
        assert (np.diff(np.count_nonzero(layer.codes, axis=1)) <= 0).all()


@given(seed=st.integers(0, 10**6))
def test_sorting_twice_changes_nothing_more(seed: int) -> None:
    once = sort_units(network(seed))
    assert same(sort_units(once), once)


def test_sorted_units_take_fewer_bytes() -> None:
    random = np.random.default_rng(5)
    first = (random.random((80, 100)) < random.random((80, 1)) ** 3).astype(np.int64)
    layers = [
        LayerCodes(Geometry(80, 100), first, (1,), np.zeros(80, np.int64)),
        drawn_layer(Geometry(10, 80), BOOK, 0.3, 6),
    ]
    ordered = encode_network(sort_units(layers), rows=adaptive_layer)
    assert len(ordered) < 0.98 * len(encode_network(layers, rows=adaptive_layer))


def test_layers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(OutOfRange):
        sort_units([drawn_layer(Geometry(3, 2), BOOK, 0.5, 0), drawn_layer(Geometry(2, 4), BOOK, 0.5, 0)])
