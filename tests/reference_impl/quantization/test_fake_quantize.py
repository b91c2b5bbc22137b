"""Laws of the fake quantizer, its gradient, and its agreement with torch's own."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reference_impl.errors import NotFinite, OutOfRange
from reference_impl.quantization.fake_quantize import (
    StraightThrough,
    fake_quantize,
    fake_quantize_backward,
    on_grid,
)
from reference_impl.quantization.fake_quantize_torch import fake_quantize_torch
from reference_impl.quantization.granularity import Granularity, PerChannel, PerGroup, PerTensor
from reference_impl.quantization.scheme import ArrayQParams, Scheme
from reference_impl.quantization.tensor import min_max_qparams, quantize_tensor

# Sixteenths and scales of powers of two: every quotient is exact in float32, so that ties are ties everywhere.
values = arrays(np.float64, (3, 4), elements=st.integers(-4000, 4000).map(lambda n: n / 16))
scales = st.sampled_from([0.125, 0.25, 0.5, 1.0])
zero_points = st.integers(0, 255)
granularities = st.sampled_from([PerTensor(), PerChannel(0), PerChannel(1), PerGroup(1, 2), PerGroup(0, 3)])
SCHEME = Scheme.affine()


def one(scale: float, zero_point: int) -> ArrayQParams:
    return ArrayQParams(np.array(scale), np.array(zero_point))


@given(values, scales, zero_points, values)
def test_torch_gives_the_same_values_and_the_masked_gradient(
    x: np.ndarray, scale: float, zero_point: int, gradient: np.ndarray
) -> None:
    leaf = torch.tensor(x, dtype=torch.float32, requires_grad=True)
    theirs = torch.fake_quantize_per_tensor_affine(leaf, scale, zero_point, 0, 255)
    theirs.backward(torch.tensor(gradient, dtype=torch.float32))
    assert leaf.grad is not None

    assert np.array_equal(fake_quantize(x, one(scale, zero_point), SCHEME), theirs.detach().numpy())
    ours = fake_quantize_backward(gradient, x, one(scale, zero_point), SCHEME)
    assert np.array_equal(ours, leaf.grad.numpy())


@given(values, st.lists(scales, min_size=4, max_size=4), st.lists(zero_points, min_size=4, max_size=4))
def test_torch_gives_the_same_per_channel(x: np.ndarray, scale: list[float], zero_point: list[int]) -> None:
    leaf = torch.tensor(x, dtype=torch.float32, requires_grad=True)
    theirs = torch.fake_quantize_per_channel_affine(
        leaf, torch.tensor(scale), torch.tensor(zero_point, dtype=torch.int32), 1, 0, 255
    )
    theirs.sum().backward()
    assert leaf.grad is not None
    qparams = ArrayQParams(np.array([scale]), np.array([zero_point]))

    assert np.array_equal(fake_quantize(x, qparams, SCHEME, PerChannel(1)), theirs.detach().numpy())
    assert np.array_equal(on_grid(x, qparams, SCHEME, PerChannel(1)), leaf.grad.numpy())


@given(values, granularities, st.sampled_from(list(StraightThrough)), values)
def test_the_torch_module_agrees_with_its_definition(
    x: np.ndarray, granularity: Granularity, convention: StraightThrough, gradient: np.ndarray
) -> None:
    qparams = min_max_qparams(x / 2, SCHEME, granularity)  # half the range, so that some values are clamped
    leaf = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    output = fake_quantize_torch(leaf, qparams, SCHEME, granularity, convention=convention)
    output.backward(torch.tensor(gradient))
    assert leaf.grad is not None

    assert np.array_equal(output.detach().numpy(), fake_quantize(x, qparams, SCHEME, granularity))
    assert np.array_equal(
        leaf.grad.numpy(),
        fake_quantize_backward(gradient, x, qparams, SCHEME, granularity, convention=convention),
    )


@given(values, granularities)
def test_it_is_quantize_then_dequantize_and_doing_it_twice_changes_nothing(
    x: np.ndarray, granularity: Granularity
) -> None:
    held = quantize_tensor(x, SCHEME, granularity)
    once = fake_quantize(x, held.qparams, SCHEME, granularity)

    assert np.array_equal(once.astype(np.float32), held.dequantize())
    assert fake_quantize(once, held.qparams, SCHEME, granularity) == pytest.approx(once)


@given(st.floats(-30, 30), scales)
def test_the_masked_gradient_is_the_slope_of_the_clamp_that_it_stands_for(x: float, scale: float) -> None:
    scheme, qparams = Scheme.affine(4, signed=True), one(scale, 0)
    lo, hi = (scheme.grid.lo - 0.5) * scale, (scheme.grid.hi + 0.5) * scale
    if min(abs(x - lo), abs(x - hi)) < 1e-3:
        return  # the clamp has no slope at its corners
    slope = (np.clip(x + 1e-4, lo, hi) - np.clip(x - 1e-4, lo, hi)) / 2e-4

    assert fake_quantize_backward(1.0, x, qparams, scheme) == pytest.approx(slope, abs=1e-6)


@given(st.floats(-3, 3), scales)
def test_over_whole_steps_the_staircase_rises_as_its_straight_through_gradient_says(
    x: float, scale: float
) -> None:
    scheme, qparams = Scheme.affine(8, signed=True), one(scale, 0)
    rise = fake_quantize(x + 4 * scale, qparams, scheme) - fake_quantize(x - 4 * scale, qparams, scheme)

    assert rise / (8 * scale) == pytest.approx(1.0, abs=1 / 8 + 1e-9)  # one step more where rounding ties
    assert fake_quantize_backward(1.0, x, qparams, scheme) == 1.0


@given(values, values, scales, zero_points)
def test_passing_through_changes_no_gradient(
    x: np.ndarray, gradient: np.ndarray, scale: float, zero_point: int
) -> None:
    ours = fake_quantize_backward(
        gradient, x, one(scale, zero_point), SCHEME, convention=StraightThrough.PASS_THROUGH
    )

    assert np.array_equal(ours, gradient)


def test_a_clamped_weight_learns_only_when_gradients_pass_through() -> None:
    for convention, expected in ((StraightThrough.MASKED, 5.0), (StraightThrough.PASS_THROUGH, 4.0)):
        weight = torch.tensor(5.0, dtype=torch.float64, requires_grad=True)
        scheme = Scheme.affine(2)  # 0 ... 3
        fake_quantize_torch(weight, one(1.0, 0), scheme, convention=convention).backward()
        assert weight.grad is not None
        assert (weight - weight.grad).item() == expected


def test_gradients_of_another_shape_and_not_a_number_are_refused() -> None:
    with pytest.raises(OutOfRange, match="shape"):
        fake_quantize_backward([1.0, 2.0], [1.0], one(1.0, 0), SCHEME)
    with pytest.raises(NotFinite):
        fake_quantize([np.nan], one(1.0, 0), SCHEME)


def test_the_definition_loads_neither_torch_nor_numba() -> None:
    code = (
        "import pkgutil, sys, importlib, reference_impl.quantization as q\n"
        "for m in pkgutil.walk_packages(q.__path__, q.__name__ + '.'):\n"
        "    if not m.name.endswith('_torch'): importlib.import_module(m.name)\n"
        "print(sorted({'torch', 'numba'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
