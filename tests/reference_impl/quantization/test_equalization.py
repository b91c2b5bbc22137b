"""Laws of cross-layer equalization."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import NotFinite, OutOfRange
from reference_impl.quantization.equalization import channel_ranges, equalize
from reference_impl.quantization.scheme import Scheme
from reference_impl.quantization.tensor import quantize_tensor

seeds = st.integers(0, 2**32 - 1)


def unequal(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.normal(size=shape) * 10.0 ** rng.uniform(-2, 2, (shape[0], *[1] * (len(shape) - 1)))


@given(seeds)
def test_two_linear_layers_compute_what_they_did(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first, bias, second = unequal(rng, 5, 3), rng.normal(size=5), rng.normal(size=(4, 5))
    x = rng.normal(size=(7, 3))

    after = equalize(first, bias, second)

    outputs = [np.maximum(x @ w.T + b, 0) @ v.T for w, b, v in ((first, bias, second), after[:3])]
    assert outputs[0] == pytest.approx(outputs[1], rel=1e-9, abs=1e-9)


@given(seeds)
def test_two_convolutions_compute_what_they_did(seed: int) -> None:
    rng = np.random.default_rng(seed)
    layers = unequal(rng, 4, 2, 3, 3), rng.normal(size=4), rng.normal(size=(3, 4, 2, 2))
    x = torch.tensor(rng.normal(size=(1, 2, 6, 6)))

    def run(w: np.ndarray, b: np.ndarray, v: np.ndarray) -> np.ndarray:
        middle = torch.relu(torch.nn.functional.conv2d(x, torch.tensor(w), torch.tensor(b)))
        return torch.nn.functional.conv2d(middle, torch.tensor(v)).numpy()

    assert run(*equalize(*layers)[:3]) == pytest.approx(run(*layers), rel=1e-9, abs=1e-9)


@given(seeds)
def test_afterwards_both_layers_have_the_same_ranges_and_nothing_is_left_to_do(seed: int) -> None:
    rng = np.random.default_rng(seed)
    after = equalize(unequal(rng, 5, 3), np.zeros(5), rng.normal(size=(4, 5)))

    assert channel_ranges(after.first_weight, axis=0) == pytest.approx(
        channel_ranges(after.second_weight, axis=1)
    )
    assert equalize(*after[:3]).factors == pytest.approx(np.ones(5))


@given(seeds, st.integers(0, 4), st.booleans())
def test_channels_that_are_all_zero_keep_their_scale(seed: int, channel: int, in_first: bool) -> None:
    rng = np.random.default_rng(seed)
    first, second = unequal(rng, 5, 3), rng.normal(size=(4, 5))
    if in_first:
        first[channel] = 0
    else:
        second[:, channel] = 0

    factors = equalize(first, np.ones(5), second).factors

    assert factors[channel] == 1.0
    assert np.all(factors > 0)
    assert np.isfinite(factors).all()


def test_quantizing_per_tensor_errs_less_once_channels_are_equal() -> None:
    rng = np.random.default_rng(3)
    first = rng.normal(size=(8, 16)) * np.logspace(-2, 2, 8)[:, None]
    second, x = rng.normal(size=(4, 8)) / np.logspace(-2, 2, 8), rng.normal(size=(50, 16))
    after = equalize(first, np.zeros(8), second)

    def run(w: np.ndarray, v: np.ndarray) -> np.ndarray:
        return np.maximum(x @ w.T, 0) @ v.T

    def error(w: np.ndarray, v: np.ndarray) -> float:
        rough = [quantize_tensor(part, Scheme.symmetric_signed()).dequantize() for part in (w, v)]
        return float(np.abs(run(*rough) - run(first, second)).max())

    assert error(after.first_weight, after.second_weight) < error(first, second) / 4


def test_layers_not_in_a_row_are_refused() -> None:
    with pytest.raises(OutOfRange, match="in a row"):
        equalize(np.ones((2, 3)), np.ones(2), np.ones((4, 3)))
    with pytest.raises(OutOfRange, match="in a row"):
        equalize(np.ones((2, 3)), np.ones(3), np.ones((4, 2)))
    with pytest.raises(NotFinite):
        equalize(np.full((2, 3), np.nan), np.ones(2), np.ones((4, 2)))
