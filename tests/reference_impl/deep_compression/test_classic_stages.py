"""What each stage promises to the next, and that shared values learn as the paper says."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reference_impl.deep_compression.bench import Bench, tensors
from reference_impl.deep_compression.classic import SharedLayer
from reference_impl.deep_compression.classic.dropout import Dropping, dropout_ratios
from reference_impl.deep_compression.classic.fine_tuning import LookingUp, Places, fine_tune
from reference_impl.deep_compression.classic.pruning import Masking, prune, round_masks
from reference_impl.deep_compression.classic.recipe import compress_with
from reference_impl.deep_compression.classic.settings import SETTINGS, LayerSettings, Settings
from reference_impl.deep_compression.classic.sharing import share, share_layer, shared_parameters
from reference_impl.deep_compression.container import NETWORKS
from reference_impl.deep_compression.stages import Parameters, Pruned
from reference_impl.deep_compression.tasks import TASKS, task_of
from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.networks import ARCHITECTURES
from reference_impl.training import Schedule
from reference_impl.training.loop import Examples
from reference_impl.weight_sharing import centroid_gradient
from tests.reference_impl.deep_compression.layers import shared_layers

SHORT = Schedule(epochs=2, batch_size=10, learning_rate=0.01, l2=1e-3)
SMALL = Settings({"ip1": LayerSettings(0.25, code_bits=3)}, 3, SHORT, SHORT, SHORT)


def bench() -> Bench:
    images = torch.randn(60, 20, generator=torch.Generator().manual_seed(1))
    given = Examples(images, images[:, :4].argmax(1))
    return Bench(one_layer, given, given, torch.Generator().manual_seed(0))


def one_layer(parameters: Mapping[str, torch.Tensor], images: torch.Tensor) -> torch.Tensor:
    return images @ parameters["ip1.weight"].T + parameters["ip1.bias"]


def dense() -> Parameters:
    random = np.random.default_rng(0)
    return {
        "ip1.weight": random.normal(0, 0.3, (4, 20)).astype(np.float32),
        "ip1.bias": np.zeros(4, np.float32),
    }


def pruned() -> Pruned:
    return prune(bench(), dense(), SMALL)


def test_pruning_ends_at_the_density_of_the_settings() -> None:
    weights, mask = pruned().parameters["ip1.weight"], pruned().masks["ip1.weight"]
    assert mask.sum() == 20
    assert not weights[~mask].any()
    assert weights[mask].all()


@given(st.floats(0.01, 1.0), st.integers(1, 6))
def test_each_round_keeps_the_same_share_of_the_round_before(density: float, rounds: int) -> None:
    settings = replace(SMALL, layers={"ip1": LayerSettings(density, code_bits=3)}, rounds=rounds)
    kept = [round_masks(dense(), settings, number)["ip1.weight"].sum() for number in range(1, rounds + 1)]
    wanted = [80 * density ** (number / rounds) for number in range(1, rounds + 1)]
    np.testing.assert_allclose(kept, wanted, atol=0.51)


def test_pruned_weights_have_no_gradient() -> None:
    weights = torch.ones(2, 3, requires_grad=True)
    keep = torch.tensor([[True, False, True], [False, True, False]])
    Masking({"w": keep})({"w": weights})["w"].sum().backward()
    assert weights.grad is not None
    assert torch.equal(weights.grad, keep.float())


@given(st.floats(0.05, 0.8), st.integers(0, 99))
def test_dropout_leaves_the_expected_weights_as_they_are(ratio: float, seed: int) -> None:
    weights = torch.ones(3, 4000)
    drop = Dropping(dict, {"a": ratio}, torch.Generator().manual_seed(seed))
    seen = drop({"a.weight": weights, "a.bias": torch.ones(3)})
    columns = seen["a.weight"]
    assert (columns == columns[0]).all(), "an input is dropped for all outputs or for none"
    assert columns[0].unique().tolist() == [0.0, pytest.approx(1 / (1 - ratio))]
    assert float(columns.mean()) == pytest.approx(1, abs=0.15)
    assert torch.equal(seen["a.bias"], torch.ones(3))


def test_fewer_connections_are_dropped_less_often_as_the_paper_says() -> None:
    layers = {"a": LayerSettings(0.09, code_bits=3, input_dropout=0.5), "b": LayerSettings(0.5, code_bits=3)}
    assert dropout_ratios(layers) == {"a": pytest.approx(0.15)}
    assert dropout_ratios(layers, 0.5) == {"a": pytest.approx(0.5 * 0.09**0.25)}


def test_sharing_keeps_what_was_pruned_and_moves_the_rest_to_few_values() -> None:
    before, shared = pruned(), share(pruned(), SMALL)["ip1"]
    np.testing.assert_array_equal(shared.codes > 0, before.masks["ip1.weight"])
    assert len(shared.codebook) <= 7
    after = shared_parameters({"ip1": shared})
    moved = np.abs(after["ip1.weight"] - before.parameters["ip1.weight"])
    spread = np.ptp(before.parameters["ip1.weight"])
    assert 0 < moved.max() < spread / 7


def test_a_value_that_no_weight_takes_is_not_kept() -> None:
    weights = np.array([[-1.0, -0.9, 0.9, 1.0]], np.float32)
    shared = share_layer(weights, np.ones((1, 4), bool), np.zeros(1, np.float32), values=31)
    assert len(shared.codebook) == len(np.unique(shared.codes)) == 4


def test_a_layer_without_weights_cannot_share() -> None:
    with pytest.raises(EmptyInput):
        share_layer(np.ones((1, 4), np.float32), np.zeros((1, 4), bool), np.zeros(1, np.float32), values=3)


@given(shared_layers(), st.integers(0, 99))
def test_the_gradient_of_a_shared_value_is_the_sum_over_its_weights(layer: SharedLayer, seed: int) -> None:
    """Equation 3 of the paper; pruned weights count for none."""
    slopes: NDArray[np.float64] = np.random.default_rng(seed).normal(size=layer.codes.shape)
    codebook = torch.tensor(layer.codebook, requires_grad=True)
    weights = Places.of(torch.from_numpy(layer.codes)).look_up(codebook)
    (weights * torch.from_numpy(slopes)).sum().backward()
    sums = centroid_gradient(slopes, layer.codes, len(layer.codebook) + 1)[1:]
    np.testing.assert_allclose(
        np.zeros(len(sums)) if codebook.grad is None else codebook.grad, sums, atol=1e-9
    )


@given(shared_layers())
def test_training_sees_the_network_that_is_stored(layer: SharedLayer) -> None:
    learned = {"a.codebook": torch.tensor(layer.codebook), "a.bias": torch.tensor(layer.bias)}
    seen = LookingUp({"a": Places.of(torch.from_numpy(layer.codes))})(learned)
    for name, values in shared_parameters({"a": layer}).items():
        np.testing.assert_allclose(seen[name].numpy(), values, rtol=1e-6)


def test_fine_tuning_changes_values_and_leaves_codes() -> None:
    before = share(pruned(), SMALL)
    after = fine_tune(bench(), before, SMALL)
    np.testing.assert_array_equal(before["ip1"].codes, after["ip1"].codes)
    assert not np.array_equal(before["ip1"].codebook, after["ip1"].codebook)
    assert not np.array_equal(before["ip1"].bias, after["ip1"].bias)


def test_the_last_stage_is_the_whole_file() -> None:
    found = compress_with(bench(), dense(), SMALL)
    assert [stage.name for stage in found.stages] == ["P", "P+Q", "P+Q+H"]
    assert found.stages[-1].size_bits == 8 * (11 + len(found.payload))
    assert found.stages[0].size_bits == 32 * (20 + 4)


def test_one_seed_gives_one_file() -> None:
    assert compress_with(bench(), dense(), SMALL).payload == compress_with(bench(), dense(), SMALL).payload


def test_the_error_is_the_share_of_images_taken_for_another_class() -> None:
    by_hand = one_layer(tensors(dense()), bench().validation.images).argmax(1) != bench().validation.labels
    assert bench().validation_error(dense()) == pytest.approx(by_hand.float().mean().item())


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_of_a_file_has_settings_for_all_its_layers(network: str) -> None:
    layers = [layer.name for layer in ARCHITECTURES[network].weighted]
    assert list(SETTINGS[network].layers) == layers
    assert network in TASKS


def test_an_unknown_network_is_refused() -> None:
    with pytest.raises(OutOfRange, match="lenet-5"):
        task_of("alexnet")
