"""The same weights go as in torch, where it says which; ties are left out, since torch leaves them open."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.utils import prune

from reference_impl.errors import OutOfRange
from reference_impl.pruning.channels import Block, channel_norms, channels_to_keep, prune_channels
from reference_impl.pruning.masks import global_masks, magnitude_mask, n_m_mask
from reference_impl.pruning.schedule import cubic_sparsity

seeds, shares = st.integers(0, 2**16), st.floats(0, 1)


def layer(seed: int, outputs: int = 5, inputs: int = 8) -> Any:
    made = torch.nn.Linear(inputs, outputs, bias=False)
    made.weight.data = torch.tensor(np.random.default_rng(seed).normal(size=(outputs, inputs)))
    return made


@given(seed=seeds, share=shares)
def test_the_least_weights_are_those_of_torch(seed: int, share: float) -> None:
    module = layer(seed)
    weights = module.weight.detach().numpy().copy()
    prune.l1_unstructured(module, "weight", amount=share)
    np.testing.assert_array_equal(magnitude_mask(weights, share), module.weight_mask.numpy() == 1)


@given(seed=seeds, share=shares)
def test_the_least_weights_of_all_layers_are_those_of_torch(seed: int, share: float) -> None:
    modules = {"first": layer(seed), "second": layer(seed + 1, 3, 4)}
    weights = {name: module.weight.detach().numpy().copy() for name, module in modules.items()}
    prune.global_unstructured(
        [(module, "weight") for module in modules.values()], prune.L1Unstructured, amount=share
    )
    for name, mask in global_masks(weights, share).items():
        np.testing.assert_array_equal(mask, modules[name].weight_mask.numpy() == 1)


@given(seed=seeds, share=shares, order=st.sampled_from([1, 2]))
def test_the_least_channels_are_those_of_torch(seed: int, share: float, order: int) -> None:
    module = layer(seed)
    norms = channel_norms(module.weight.detach().numpy(), order=order)
    prune.ln_structured(module, "weight", amount=share, n=order, dim=0)
    left = np.flatnonzero(module.weight_mask.numpy().any(axis=1))
    assert channels_to_keep(norms, share).tolist() == left.tolist()


@given(seed=seeds)
def test_two_of_four_are_those_of_torchs_sparsifier(seed: int) -> None:
    module: Any = torch.nn.Sequential(layer(seed).float())
    weights = module[0].weight.detach().numpy().copy()
    sparsifier = torch.ao.pruning.WeightNormSparsifier(
        sparsity_level=1.0, sparse_block_shape=(1, 4), zeros_per_block=2
    )
    sparsifier.prepare(module, [{"tensor_fqn": "0.weight"}])
    sparsifier.step()
    left = module[0].parametrizations.weight[0].mask.numpy() == 1
    np.testing.assert_array_equal(n_m_mask(weights, 2, 4), left)


@given(initial=shares, final=shares, start=st.integers(0, 20), length=st.integers(1, 100))
def test_the_schedule_is_monotone_ends_exactly_and_never_leaves_its_range(
    initial: float, final: float, start: int, length: int
) -> None:
    values = [
        cubic_sparsity(step, initial=initial, final=final, start=start, end=start + length)
        for step in range(start + length + 3)
    ]
    steps = np.diff(values)
    assert (steps >= -1e-15).all() or (steps <= 1e-15).all()
    assert values[start + length :] == [final] * 3
    assert min(initial, final) <= min(values) <= max(values) <= max(initial, final)


@given(seed=seeds, low=shares, high=shares)
def test_what_goes_at_less_sparsity_goes_at_more(seed: int, low: float, high: float) -> None:
    weights = np.random.default_rng(seed).integers(-3, 4, size=30)
    low, high = sorted([low, high])
    assert (magnitude_mask(weights, low) | ~magnitude_mask(weights, high)).all()


def test_a_mask_of_channels_is_not_taken_for_their_indices() -> None:
    """As integers True and False would be the channels 1 and 0, in this order."""
    block = Block(np.eye(2), None, None, np.eye(2))
    with pytest.raises(ValueError, match="integer indices"):
        prune_channels(block, np.array([True, False]))
    with pytest.raises(OutOfRange, match="below zero"):
        channels_to_keep([-3.0, 1.0], 0.5)
