import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.batch_norm import BatchNorm
from reference_impl.errors import OutOfRange
from reference_impl.pruning.channels import (
    Block,
    channel_norms,
    channels_to_keep,
    prune_channels,
)
from reference_impl.reals import Reals


def outputs(block: Block, images: Reals, alive: Reals | None = None) -> Reals:
    """Convolution, batch normalisation, ReLU, next layer: by torch, the channels times `alive`."""
    functional = torch.nn.functional
    bias = None if block.bias is None else torch.tensor(block.bias)
    inner = functional.conv2d(torch.tensor(images), torch.tensor(block.weights), bias, padding=1)
    if block.norm is not None:
        n = block.norm
        mean, variance, gamma, beta = map(torch.tensor, (n.mean, n.variance, n.gamma, n.beta))
        inner = functional.batch_norm(inner, mean, variance, gamma, beta, eps=n.eps)
    inner = functional.relu(inner)
    if alive is not None:
        inner = inner * torch.tensor(alive)[:, None, None]
    if block.next_weights.ndim == 4:
        return np.asarray(functional.conv2d(inner, torch.tensor(block.next_weights)))
    return np.asarray(inner.flatten(1) @ torch.tensor(block.next_weights).T)


def drawn_block(draw: np.random.Generator, *, dense_next: bool, norm: bool, bias: bool) -> Block:
    next_shape = (3, 5 * 16) if dense_next else (3, 5, 2, 2)
    return Block(
        draw.normal(size=(5, 2, 3, 3)),
        draw.normal(size=5) if bias else None,
        BatchNorm(draw.normal(size=5), draw.normal(size=5), draw.normal(size=5), draw.uniform(0.5, 2, size=5))
        if norm
        else None,
        draw.normal(size=next_shape),
    )


@given(
    seed=st.integers(0, 2**16),
    keep=st.lists(st.integers(0, 4), min_size=1, max_size=5, unique=True),
    dense_next=st.booleans(),
    norm=st.booleans(),
    bias=st.booleans(),
)
def test_the_smaller_network_computes_what_the_masked_one_does(
    seed: int, keep: list[int], dense_next: bool, norm: bool, bias: bool
) -> None:
    draw = np.random.default_rng(seed)
    block = drawn_block(draw, dense_next=dense_next, norm=norm, bias=bias)
    images = draw.normal(size=(2, 2, 4, 4))
    smaller = prune_channels(block, keep)
    assert len(smaller.weights) == len(keep)
    np.testing.assert_allclose(
        outputs(smaller, images), outputs(block, images, np.isin(np.arange(5), keep).astype(float)), atol=1e-9
    )


def test_importance_is_the_norm_of_a_channels_weights() -> None:
    weights = np.array([[3.0, -4.0], [0.0, 1.0]])
    assert channel_norms(weights).tolist() == [7.0, 1.0]
    assert channel_norms(weights, order=2).tolist() == [5.0, 1.0]


def test_the_least_important_go_and_of_equal_ones_the_lowest_index() -> None:
    assert channels_to_keep([1.0, 3.0, 1.0, 2.0], 0.25).tolist() == [1, 2, 3]
    assert channels_to_keep([1.0, 3.0, 1.0, 2.0], 0.75).tolist() == [1]


@pytest.mark.parametrize("keep", [[], [0, 0], [5], [-1]])
def test_channels_that_are_not_there_are_refused(keep: list[int]) -> None:
    block = drawn_block(np.random.default_rng(0), dense_next=True, norm=True, bias=True)
    with pytest.raises(OutOfRange):
        prune_channels(block, keep)


def test_a_next_layer_that_does_not_follow_is_refused() -> None:
    with pytest.raises(OutOfRange, match="next layer"):
        prune_channels(Block(np.ones((3, 2)), None, None, np.ones((2, 4))), [0])
    with pytest.raises(OutOfRange, match="order"):
        channel_norms(np.ones((2, 2)), order=3)
