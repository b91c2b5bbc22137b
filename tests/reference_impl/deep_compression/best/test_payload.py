"""A network goes into the best recipe's stream and comes back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.deep_compression.best.figures import figures
from reference_impl.deep_compression.best.payload import decode, encode
from reference_impl.errors import CompressionError, OutOfRange
from reference_impl.networks import ARCHITECTURES, Parameters, forward, parameter_shapes
from tests.reference_impl.jit import COMPILED


def shared_network(name: str, seed: int, kept: float, values: int) -> Parameters:
    random = np.random.default_rng(seed)
    found: Parameters = {}
    for key, shape in parameter_shapes(ARCHITECTURES[name]).items():
        if key.endswith(".bias"):
            found[key] = random.standard_normal(shape).astype(np.float32)
            continue
        codebook = random.standard_normal(values).astype(np.float32)
        found[key] = np.where(random.random(shape) < kept, random.choice(codebook, shape), np.float32(0))
    return found


#: In plain Python the coder takes minutes for the large ones.
NETWORKS = [name for name in ARCHITECTURES if COMPILED or name == "digits-cnn"]


@pytest.mark.parametrize("name", NETWORKS)
def test_the_decoded_network_computes_nearly_the_same(name: str) -> None:
    architecture, given_network = ARCHITECTURES[name], shared_network(name, 1, 0.05, 8)
    shapes = parameter_shapes(architecture)
    back = decode(encode(given_network), shapes)
    assert {key: values.shape for key, values in back.items()} == shapes
    assert all(values.dtype == np.float32 for values in back.values())
    images = np.random.default_rng(0).random((4, *architecture.input_shape), np.float32)
    # shared values and biases have been rounded to their grids
    np.testing.assert_allclose(
        forward(architecture, back, images), forward(architecture, given_network, images), rtol=0.1, atol=0.2
    )


@settings(max_examples=100 if COMPILED else 5)
@given(seed=st.integers(0, 99), kept=st.sampled_from([0.0, 0.01, 0.3, 1.0]), values=st.integers(1, 30))
def test_as_many_weights_of_as_many_values_come_back(seed: int, kept: float, values: int) -> None:
    network = shared_network("digits-cnn", seed, kept, values)
    back = decode(encode(network), parameter_shapes(ARCHITECTURES["digits-cnn"]))
    for key in network:
        if key.endswith(".weight"):
            # a value nearer to zero than half a step of the grid is pruned, two nearer to each other than a step are one
            step = np.abs(network[key]).max() / 128
            assert np.count_nonzero(back[key]) <= np.count_nonzero(network[key])
            assert np.count_nonzero(back[key]) >= np.count_nonzero(np.abs(network[key]) > step)
            assert len(np.unique(back[key])) <= len(np.unique(network[key]))


def test_a_network_of_nothing_is_a_few_bytes() -> None:
    nothing = shared_network("digits-cnn", 0, 0.0, 1)
    nothing = {key: np.zeros_like(values) for key, values in nothing.items()}
    assert len(encode(nothing)) < 60


def test_many_values_become_few_and_one_beyond_the_grid_is_refused() -> None:
    network = shared_network("digits-cnn", 0, 1.0, 1)
    network["ip1.weight"] = np.linspace(-1, 1, network["ip1.weight"].size, dtype=np.float32).reshape(64, 128)
    assert encode(network)  # rounding to the grid leaves few enough
    network["ip1.weight"][0, 0] = np.float32(1e9)
    with pytest.raises(OutOfRange):
        encode(network)


@settings(max_examples=100 if COMPILED else 5)
@given(at=st.integers(0, 10_000), value=st.integers(0, 255))
def test_damage_is_an_error_of_ours_or_another_network(at: int, value: int) -> None:
    data = bytearray(encode(shared_network("digits-cnn", 5, 0.05, 4)))
    data[at % len(data)] = value
    shapes = parameter_shapes(ARCHITECTURES["digits-cnn"])
    try:
        decoded = decode(bytes(data), shapes)
    except CompressionError:
        return
    assert {key: values.shape for key, values in decoded.items()} == shapes


def test_the_layers_of_a_stream_add_up_to_it() -> None:
    network = shared_network("digits-cnn", 2, 0.1, 8)
    rows = figures(network)
    assert sum(row.size_bytes for row in rows) == len(encode(network))
    assert [row.name for row in rows] == [
        name.removesuffix(".weight") for name in network if name.endswith(".weight")
    ]
    for row in rows:
        weights = network[f"{row.name}.weight"]
        assert (row.weights, row.kept) == (weights.size, np.count_nonzero(weights))
        assert 0 < row.position_bytes < row.size_bytes


def test_values_that_are_all_alike_cost_next_to_nothing() -> None:
    alike, different = (shared_network("digits-cnn", 2, 0.1, values) for values in (1, 16))
    for same, other in zip(figures(alike), figures(different), strict=True):
        biases = len(alike[f"{same.name}.bias"])
        assert same.size_bytes - same.position_bytes < 3 * biases + 8
        assert other.size_bytes > same.size_bytes
