"""Laws of bias correction."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.quantization.bias_correction import correct_bias, mean_after_relu
from reference_impl.quantization.scheme import Scheme
from reference_impl.quantization.tensor import quantize_tensor

seeds = st.integers(0, 2**32 - 1)


@given(seeds, st.integers(2, 4))
def test_the_mean_output_of_a_linear_layer_is_restored(seed: int, bits: int) -> None:
    rng = np.random.default_rng(seed)
    x, weight, bias = rng.normal(1.0, size=(20, 6)), rng.normal(size=(4, 6)), rng.normal(size=4)
    rough = quantize_tensor(weight, Scheme.symmetric_signed(bits)).dequantize()

    corrected = correct_bias(bias, weight, rough, x.mean(axis=0))

    assert (x @ rough.T + corrected).mean(axis=0) == pytest.approx(
        (x @ weight.T + bias).mean(axis=0), abs=1e-9
    )


@given(seeds)
def test_the_mean_output_of_a_convolution_is_restored_where_places_have_one_mean(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, weight, bias = rng.normal(size=(3, 2, 5, 5)), rng.normal(size=(4, 2, 3, 3)), rng.normal(size=4)
    x += 1.0 - x.mean(axis=0)  # each place of each channel has mean 1
    rough = quantize_tensor(weight, Scheme.affine(3)).dequantize().astype(float)

    corrected = correct_bias(bias, weight, rough, np.ones(2))

    def mean_output(w: np.ndarray, b: np.ndarray) -> np.ndarray:
        return (
            torch.nn.functional.conv2d(torch.tensor(x), torch.tensor(w), torch.tensor(b)).mean(dim=0).numpy()
        )

    assert mean_output(weight, bias) == pytest.approx(mean_output(rough, corrected), abs=1e-9)


@given(st.floats(-3, 3), st.floats(-3, 3).filter(lambda g: abs(g) > 0.05))
def test_the_mean_behind_a_relu_is_the_integral(beta: float, gamma: float) -> None:
    z = np.linspace(-12, 12, 200_001)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    integral = np.trapezoid(np.maximum(beta + gamma * z, 0) * density, z)

    assert mean_after_relu(beta, gamma) == pytest.approx(integral, abs=1e-6)


@pytest.mark.parametrize("beta", [-4.0, -7.0, -10.0])
def test_far_below_zero_the_mean_behind_a_relu_is_still_exact(beta: float) -> None:
    integral, _ = integrate.quad(lambda x: x * stats.norm.pdf(x, beta), 0, 10, epsabs=0)

    assert mean_after_relu([beta], [1.0])[0] == pytest.approx(integral, rel=1e-6, abs=0)


def test_known_means_behind_a_relu() -> None:
    found = mean_after_relu([0.0, 2.0, -2.0, 100.0, -100.0], [1.0, 0.0, 0.0, 1e-3, 1e-3])

    assert found == pytest.approx([1 / np.sqrt(2 * np.pi), 2, 0, 100, 0])


def test_exact_weights_need_no_correction() -> None:
    assert correct_bias([1.0, 2.0], np.eye(2), np.eye(2), [5.0, 6.0]).tolist() == [1.0, 2.0]


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(OutOfRange, match="fit"):
        correct_bias([0.0], np.eye(2), np.eye(2), [0.0, 0.0])
    with pytest.raises(OutOfRange, match="fit"):
        correct_bias([0.0, 0.0], np.eye(2), np.ones((2, 3)), [0.0, 0.0])
    with pytest.raises(EmptyInput):
        correct_bias([], np.ones((0, 2)), np.ones((0, 2)), [0.0, 0.0])
