from math import sqrt

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.utils import fusion

from reference_impl.batch_norm import BatchNorm
from reference_impl.errors import NotFinite, OutOfRange
from reference_impl.quantization.batch_norm import fold, fold_layer

finite = st.floats(-10, 10)
seeds = st.integers(0, 2**32 - 1)


@given(
    weight=finite, bias=finite, gamma=finite, beta=finite, mean=finite, variance=st.floats(0, 10), x=finite
)
def test_the_folded_channel_gives_the_same_output(
    weight: float, bias: float, gamma: float, beta: float, mean: float, variance: float, x: float
) -> None:
    eps = 1e-3
    before = gamma * (weight * x + bias - mean) / sqrt(variance + eps) + beta
    folded_weight, folded_bias = fold(
        weight, bias, gamma=gamma, beta=beta, mean=mean, variance=variance, eps=eps
    )
    assert folded_weight * x + folded_bias == pytest.approx(before, rel=1e-9, abs=1e-6)


def drawn(rng: np.random.Generator, channels: int) -> BatchNorm:
    gamma, beta, mean = rng.normal(size=(3, channels))
    return BatchNorm(gamma, beta, mean, rng.uniform(0.01, 4, channels), eps=1e-3)


def applied_by_torch(y: torch.Tensor, norm: BatchNorm) -> np.ndarray:
    mean, variance, gamma, beta = (
        torch.tensor(np.asarray(part)) for part in (norm.mean, norm.variance, norm.gamma, norm.beta)
    )
    return torch.nn.functional.batch_norm(y, mean, variance, gamma, beta, eps=norm.eps).numpy()


@given(seeds, st.booleans())
def test_a_folded_linear_layer_gives_the_same_outputs(seed: int, with_bias: bool) -> None:
    rng = np.random.default_rng(seed)
    x, weight, bias = rng.normal(size=(5, 4)), rng.normal(size=(3, 4)), rng.normal(size=3)
    norm = drawn(rng, 3)
    before = x @ weight.T + (bias if with_bias else 0)

    folded, shift = fold_layer(weight, bias if with_bias else None, norm)

    assert x @ folded.T + shift == pytest.approx(
        applied_by_torch(torch.tensor(before), norm), rel=1e-9, abs=1e-9
    )


@given(seeds, st.sampled_from([1, 2]))
def test_a_folded_convolution_gives_the_same_outputs(seed: int, groups: int) -> None:
    rng = np.random.default_rng(seed)
    x, weight = (torch.tensor(rng.normal(size=s)) for s in ((2, 2, 5, 5), (4, 2 // groups, 3, 3)))
    bias, norm = torch.tensor(rng.normal(size=4)), drawn(rng, 4)
    conv = torch.nn.functional.conv2d

    folded, shift = fold_layer(weight.numpy(), bias.numpy(), norm)

    after = conv(x, torch.tensor(folded), torch.tensor(shift), padding=1, groups=groups).numpy()
    before = applied_by_torch(conv(x, weight, bias, padding=1, groups=groups), norm)
    assert after == pytest.approx(before, rel=1e-9, abs=1e-9)


@given(seeds)
def test_torch_folds_to_the_same_weights(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weight, bias, norm = rng.normal(size=(3, 2, 2, 2)), rng.normal(size=3), drawn(rng, 3)
    w, b, mean, variance, gamma, beta = (
        torch.tensor(np.asarray(part))
        for part in (weight, bias, norm.mean, norm.variance, norm.gamma, norm.beta)
    )
    theirs = fusion.fuse_conv_bn_weights(w, b, mean, variance, norm.eps, gamma, beta)

    for ours, other in zip(fold_layer(weight, bias, norm), theirs, strict=True):
        assert ours == pytest.approx(other.detach().numpy(), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("variance", [-0.5, -1.0])
def test_a_negative_variance_is_refused_even_if_eps_makes_up_for_it(variance: float) -> None:
    with pytest.raises(OutOfRange, match="variance"):
        fold(1, 0, gamma=1, beta=0, mean=0, variance=variance, eps=2.0)
    with pytest.raises(OutOfRange, match="variance"):
        fold_layer([[1.0]], None, BatchNorm([1], [0], [0], [variance], eps=2.0))


def test_a_layer_of_one_channel_is_the_plain_formula() -> None:
    norm = BatchNorm([2.0], [0.5], [0.25], [4.0], eps=0.0)
    weight, bias = fold_layer([[3.0]], [1.0], norm)

    assert (weight.item(), bias.item()) == fold(3, 1, gamma=2, beta=0.5, mean=0.25, variance=4, eps=0.0)
    assert (weight.item(), bias.item()) == (3.0, 1.25)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(OutOfRange, match="per output channel"):
        fold_layer(np.ones((2, 3)), None, drawn(np.random.default_rng(0), 3))
    with pytest.raises(OutOfRange, match="positive"):
        fold_layer([[1.0]], None, BatchNorm([1], [0], [0], [0.0], eps=0.0))
    with pytest.raises(OutOfRange, match="too near to zero"):
        fold_layer([[1e140]], None, BatchNorm([1e140], [0], [0], [1.0]))
    with pytest.raises(NotFinite):
        fold_layer([[np.nan]], None, BatchNorm([1], [0], [0], [1]))
