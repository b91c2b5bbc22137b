"""What does nothing goes; what the network computes stays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.deep_compression.best.narrow import narrowed
from reference_impl.deep_compression.best.tidying import tidied
from reference_impl.networks import ARCHITECTURES, Architecture, Parameters, forward, initial_parameters

SMALL = {
    "lenet-300-100": {"ip1": 12, "ip2": 6},
    "lenet-5": {"conv1": 3, "conv2": 4, "ip1": 6},
    "digits-cnn": {"conv1": 3, "conv2": 4, "ip1": 5},
}


def sparse_network(name: str, seed: int, density: float) -> tuple[Architecture, Parameters]:
    architecture = narrowed(ARCHITECTURES[name], SMALL[name])
    random = np.random.default_rng(seed)
    parameters = initial_parameters(architecture, seed)
    for key, values in parameters.items():
        if key.endswith(".weight"):
            # whole rows and columns go, as pruning leaves them
            values *= random.random(values.shape) < density
            values[random.random(len(values)) < 0.3] = 0
        else:
            values[:] = random.standard_normal(values.shape)
    return architecture, parameters


@pytest.mark.parametrize("name", SMALL)
@given(seed=st.integers(0, 999), density=st.floats(0, 0.5))
def test_the_network_computes_the_same(name: str, seed: int, density: float) -> None:
    architecture, parameters = sparse_network(name, seed, density)
    images = np.random.default_rng(seed).random((3, *architecture.input_shape), np.float32)
    before = forward(architecture, parameters, images)
    after = forward(architecture, tidied(architecture, parameters), images)
    np.testing.assert_allclose(after, before, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", SMALL)
@given(seed=st.integers(0, 999), density=st.floats(0, 0.5))
def test_nothing_is_added_and_a_second_time_changes_nothing(name: str, seed: int, density: float) -> None:
    architecture, parameters = sparse_network(name, seed, density)
    once = tidied(architecture, parameters)
    for key, values in parameters.items():
        if key.endswith(".weight"):
            assert not (once[key][values == 0]).any()
    twice = tidied(architecture, once)
    assert sum(np.count_nonzero(v) for v in twice.values()) <= sum(np.count_nonzero(v) for v in once.values())


def test_what_is_given_stays_as_it_is() -> None:
    architecture, parameters = sparse_network("lenet-5", 1, 0.1)
    kept = {key: values.copy() for key, values in parameters.items()}
    tidied(architecture, parameters)
    assert all(np.array_equal(kept[key], parameters[key]) for key in kept)


def test_a_unit_that_nothing_reads_loses_weights_and_bias() -> None:
    architecture, parameters = sparse_network("lenet-300-100", 3, 0.5)
    parameters["ip2.weight"][:, 4] = 0
    after = tidied(architecture, parameters)
    assert not after["ip1.weight"][4].any()
    assert after["ip1.bias"][4] == 0


def test_a_unit_without_weights_becomes_bias_of_what_reads_it() -> None:
    architecture, parameters = sparse_network("lenet-300-100", 3, 0.5)
    parameters["ip1.weight"][2] = 0
    parameters["ip1.bias"][2] = 0.75
    parameters["ip2.weight"][0] = np.linspace(1, 2, 12)
    after = tidied(architecture, parameters)
    assert not after["ip2.weight"][:, 2].any()
    assert after["ip1.bias"][2] == 0
