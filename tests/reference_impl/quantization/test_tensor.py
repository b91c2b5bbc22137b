"""Laws of quantized tensors at every granularity."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange, WrongDtype
from reference_impl.quantization.affine import quantize
from reference_impl.quantization.granularity import Granularity, PerChannel, PerGroup, PerTensor
from reference_impl.quantization.grid import Grid
from reference_impl.quantization.scheme import ArrayQParams, Scheme
from reference_impl.quantization.tensor import min_max_qparams, quantize_tensor, quantize_with

values = st.floats(-100, 100, width=32)
tensors = arrays(np.float32, array_shapes(min_dims=2, max_dims=4, max_side=5), elements=values)
granularities = st.one_of(
    st.just(PerTensor()),
    st.builds(PerChannel, st.integers(-2, 1)),
    st.builds(PerGroup, axis=st.integers(-2, 1), size=st.just(1)),
)
schemes = st.builds(
    lambda make, bits: make(bits),
    st.sampled_from([Scheme.affine, Scheme.symmetric_signed, Scheme.symmetric_restricted]),
    st.integers(2, 10),
)


@given(tensors, schemes, granularities)
def test_the_round_trip_errs_by_at_most_half_a_step_of_the_group(
    x: np.ndarray, scheme: Scheme, granularity: Granularity
) -> None:
    held = quantize_tensor(x, scheme, granularity)
    error = np.abs(held.dequantize().astype(float) - x).reshape(granularity.blocked(x.shape))

    # at the ends of an affine range the rounded zero point may move the grid by half a step
    assert np.all(error <= held.qparams.scale * 0.500001 + 1e-5)
    assert held.codes.shape == x.shape
    assert held.codes.dtype == scheme.grid.dtype


@given(tensors, schemes, granularities)
def test_zeros_stay_exactly_zero(x: np.ndarray, scheme: Scheme, granularity: Granularity) -> None:
    x = x.copy()
    x[..., 0] = 0.0

    assert not quantize_tensor(x, scheme, granularity).dequantize()[..., 0].any()


@given(tensors, st.integers(2, 8), st.integers(-2, 1))
def test_a_finer_granularity_never_has_a_larger_step(x: np.ndarray, bits: int, axis: int) -> None:
    scheme = Scheme.symmetric_restricted(bits)
    x = np.append(x, np.ones_like(x[:1]), axis=0)  # not all zero, where the scale is 1 by convention
    channels = min_max_qparams(x, scheme, PerChannel(axis))
    used = np.abs(x).max(axis=PerChannel(axis).shared(x.shape), keepdims=True) > 1e-30

    assert np.all(channels.scale[used] <= min_max_qparams(x, scheme, PerTensor()).scale.max())


@given(tensors, st.integers(-2, 1))
def test_per_channel_is_per_tensor_on_each_channel(x: np.ndarray, axis: int) -> None:
    scheme = Scheme.affine(4)
    together = quantize_tensor(x, scheme, PerChannel(axis)).codes

    for index in range(x.shape[axis]):
        alone = quantize_tensor(np.take(x, [index], axis=axis), scheme).codes
        assert np.array_equal(np.take(together, [index], axis=axis), alone)


@given(arrays(np.float32, (3, 8), elements=values), st.sampled_from([1, 2, 4, 8]))
def test_per_group_is_per_tensor_on_each_run_of_neighbours(x: np.ndarray, size: int) -> None:
    scheme = Scheme.symmetric_signed(4)
    together = quantize_tensor(x, scheme, PerGroup(axis=1, size=size)).codes

    for row in range(3):
        for start in range(0, 8, size):
            run = (slice(row, row + 1), slice(start, start + size))
            assert np.array_equal(together[run], quantize_tensor(x[run], scheme).codes)


@given(tensors)
def test_a_group_as_long_as_the_axis_of_a_matrix_is_a_channel(x: np.ndarray) -> None:
    matrix, scheme = x.reshape(len(x), -1), Scheme.affine(5)
    groups = quantize_tensor(matrix, scheme, PerGroup(axis=1, size=matrix.shape[1]))

    assert np.array_equal(groups.codes, quantize_tensor(matrix, scheme, PerChannel(0)).codes)


@given(tensors, st.floats(0.01, 10), st.integers(0, 255))
def test_per_tensor_unsigned_codes_are_those_of_the_affine_module(
    x: np.ndarray, scale: float, zero_point: int
) -> None:
    given_qparams = ArrayQParams(np.array(scale), np.array(zero_point))

    codes = quantize_with(x, given_qparams, Scheme.affine(), PerTensor()).codes

    assert np.array_equal(codes, quantize(x, scale, zero_point))


@given(tensors, schemes, granularities)
def test_codes_quantize_to_themselves(x: np.ndarray, scheme: Scheme, granularity: Granularity) -> None:
    held = quantize_tensor(x, scheme, granularity)
    again = quantize_with(held.dequantize(), held.qparams, scheme, granularity)

    assert np.array_equal(again.codes, held.codes)


@given(
    arrays(np.float32, (3, 4), elements=st.integers(-2000, 2000).map(lambda n: n / 8)),
    st.sampled_from([0.25, 0.5, 2.0]),
    st.integers(0, 255),
)
def test_torch_gives_the_same_codes(x: np.ndarray, scale: float, zero_point: int) -> None:
    ours = quantize_with(x, ArrayQParams(np.array(scale), np.array(zero_point)), Scheme.affine(), PerTensor())
    theirs = torch.clamp(torch.round(torch.from_numpy(x) / scale) + zero_point, 0, 255).to(torch.uint8)

    assert np.array_equal(ours.codes, theirs.numpy())


def test_data_away_from_zero_comes_back_whole() -> None:
    back = quantize_tensor([2.0, 3.0, 4.0, 5.0], Scheme.affine()).dequantize()

    assert back == pytest.approx([2, 3, 4, 5], abs=5 / 255 / 2 + 1e-6)


def test_the_clamp_comes_before_the_cast() -> None:
    held = quantize_with(
        [300.0, -300.0], ArrayQParams(np.array(1.0), np.array(0)), Scheme(Grid.signed(8), False), PerTensor()
    )

    assert held.codes.tolist() == [127, -128]


def test_a_channel_of_zeros_stays_zero_beside_others() -> None:
    held = quantize_tensor([[0.0, 0.0], [1.0, -2.0]], Scheme.symmetric_signed(), PerChannel(0))

    assert held.dequantize() == pytest.approx(np.array([[0, 0], [1, -2]]), abs=0.01)


def test_what_cannot_be_quantized_is_refused() -> None:
    scheme = Scheme.affine()
    with pytest.raises(EmptyInput):
        quantize_tensor([], scheme)
    with pytest.raises(NotFinite):
        quantize_tensor([1.0, np.nan], scheme)
    with pytest.raises(WrongDtype):
        quantize_tensor(np.array(["a"]), scheme)
    with pytest.raises(OutOfRange, match="axis"):
        quantize_tensor([1.0], scheme, PerChannel(1))
    with pytest.raises(OutOfRange, match="divide"):
        quantize_tensor(np.ones((2, 5)), scheme, PerGroup(1, 2))
    with pytest.raises(OutOfRange, match="member"):
        PerGroup(0, 0)


def test_inputs_stay_as_they_were_even_when_not_contiguous() -> None:
    x = np.arange(24.0).reshape(4, 6)
    view = x.T[::2]

    held = quantize_tensor(view, Scheme.affine(), PerChannel(0))

    assert np.array_equal(x, np.arange(24.0).reshape(4, 6))
    assert held.dequantize() == pytest.approx(view, abs=0.06)
