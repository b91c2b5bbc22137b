"""Linear layers and convolutions on codes: exact, with torch in float64 as oracle (every number below 2^53)."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import NotFinite, OutOfRange, WrongDtype
from reference_impl.quantization.grid import Grid
from reference_impl.quantization.integer_conv2d import Window, integer_conv2d
from reference_impl.quantization.integer_layer import Codes, bias_codes
from reference_impl.quantization.integer_linear import folded_correction, integer_linear
from reference_impl.quantization.requantization import FixedPointMultiplier, requantize, requantize_in_floats
from reference_impl.quantization.scheme import Scheme
from reference_impl.quantization.tensor import quantize_tensor

seeds = st.integers(0, 2**32 - 1)
zero_points = st.integers(0, 255)


def uint8(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)


def doubles(codes: np.ndarray, zero_point: int = 0) -> torch.Tensor:
    return torch.from_numpy(codes.astype(np.float64) - zero_point)


@given(seeds, st.integers(1, 5), st.integers(1, 40), st.integers(1, 6), zero_points, zero_points)
def test_linear_is_the_product_of_what_the_codes_stand_for(
    seed: int, rows: int, fan_in: int, out: int, z_x: int, z_w: int
) -> None:
    x, w = uint8(seed, rows, fan_in), uint8(seed + 1, out, fan_in)
    bias = np.random.default_rng(seed).integers(-(2**20), 2**20, out)

    found = integer_linear(x, w, bias, input_zero_point=z_x, weight_zero_point=z_w)

    exact = torch.nn.functional.linear(doubles(x, z_x), doubles(w, z_w), doubles(bias))
    assert found.dtype == np.int32
    assert np.array_equal(found, exact.numpy())


@given(
    seed=seeds,
    size=st.tuples(st.integers(3, 7), st.integers(3, 7)),
    kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    channels=st.sampled_from([(1, 1, 1), (2, 3, 1), (4, 2, 2), (3, 6, 3)]),
    zeros=st.tuples(zero_points, zero_points),
)
@settings(max_examples=60)
def test_convolution_is_that_of_what_the_codes_stand_for(
    seed: int,
    size: tuple[int, int],
    kernel: tuple[int, int],
    stride: int,
    padding: int,
    channels: tuple[int, int, int],
    zeros: tuple[int, int],
) -> None:
    fan_in, out, groups = channels
    x, w = uint8(seed, 2, fan_in, *size), uint8(seed + 1, out, fan_in // groups, *kernel)
    bias = np.random.default_rng(seed).integers(-(2**20), 2**20, out)
    z_x, z_w = zeros

    found = integer_conv2d(
        x, w, bias, input_zero_point=z_x, weight_zero_point=z_w, window=Window(stride, padding, groups)
    )

    exact = torch.nn.functional.conv2d(
        doubles(x, z_x), doubles(w, z_w), doubles(bias), stride=stride, padding=padding, groups=groups
    )
    assert found.dtype == np.int32
    assert np.array_equal(found, exact.numpy())


@given(seeds, zero_points)
def test_with_symmetric_weights_the_whole_correction_folds_into_the_bias(seed: int, z_x: int) -> None:
    x, w = uint8(seed, 3, 9), uint8(seed + 1, 4, 9).astype(np.int16) - 128

    folded = folded_correction(Codes.of(w, 0), z_x)

    plain = integer_linear(x, w, folded, input_zero_point=0)
    assert np.array_equal(plain, integer_linear(x, w, input_zero_point=z_x))


@given(seeds)
def test_a_kernel_of_one_pixel_is_a_linear_layer_on_each(seed: int) -> None:
    x, w = uint8(seed, 1, 3, 2, 2), uint8(seed + 1, 5, 3)
    pixels = integer_linear(x.transpose(0, 2, 3, 1), w, input_zero_point=7, weight_zero_point=9)
    image = integer_conv2d(x, w.reshape(5, 3, 1, 1), input_zero_point=7, weight_zero_point=9)

    assert np.array_equal(image, pixels.transpose(0, 3, 1, 2))


@given(seeds)
@settings(max_examples=30)
def test_a_whole_quantized_layer_stays_near_the_real_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, w, bias = rng.normal(size=(6, 32)), rng.normal(size=(5, 32)), rng.normal(size=5)
    exact = x @ w.T + bias
    qx, qw = quantize_tensor(x, Scheme.affine()), quantize_tensor(w, Scheme.symmetric_signed())
    s_x, s_w = float(qx.qparams.scale.item()), float(qw.qparams.scale.item())
    s_y, z_y = Scheme.affine().qparams(exact.min(), exact.max())

    acc = integer_linear(
        qx.codes, qw.codes, bias_codes(bias, s_x, s_w), input_zero_point=int(qx.qparams.zero_point.item())
    )
    factor, grid = s_x * s_w / float(s_y), Grid.unsigned(8)
    fixed = requantize(acc, FixedPointMultiplier.nearest(factor), int(z_y), grid)
    floats = requantize_in_floats(acc, factor, int(z_y), grid)

    # each input is off by s_x / 2 at most, each weight by s_w / 2, the bias and the output by half a step
    bound = (np.abs(w).sum(1) * s_x + np.abs(x).sum(1, keepdims=True) * s_w) / 2 + 8 * s_x * s_w + s_x * s_w
    for codes in (fixed, floats):
        assert np.all(np.abs((codes.astype(int) - z_y) * s_y - exact) <= bound + 1.5 * s_y)


@given(st.floats(-100, 100), st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_bias_errs_by_at_most_half_its_step(bias: float, s_x: float, s_w: float) -> None:
    code = bias_codes([bias], s_x, [s_w])

    assert code.dtype == np.int32
    assert abs(float(code[0]) * s_x * s_w - bias) <= s_x * s_w * 0.5000001


def test_the_border_is_real_zero_and_not_code_zero() -> None:
    found = integer_conv2d(
        np.full((1, 1, 1, 1), 9), np.ones((1, 1, 3, 3), np.int8), input_zero_point=9, window=Window(padding=1)
    )

    assert found.tolist() == [[[[0]]]]


def test_sums_do_not_overflow_the_type_of_the_codes() -> None:
    x = np.full((1, 1000), 127, np.int8)

    assert integer_linear(x, x, input_zero_point=-128).tolist() == [[255 * 127 * 1000]]


def test_what_is_not_defined_is_refused() -> None:
    x, w = np.ones((2, 3), np.uint8), np.ones((4, 3), np.int8)
    with pytest.raises(OutOfRange, match="out, in"):
        integer_linear(x, w.T, input_zero_point=0)
    with pytest.raises(OutOfRange, match="bias codes"):
        integer_linear(x, w, [1], input_zero_point=0)
    with pytest.raises(WrongDtype):
        integer_linear(x.astype(float), w, input_zero_point=0)
    with pytest.raises(OutOfRange, match="16 bits"):
        integer_linear(x, w, input_zero_point=2**16)
    with pytest.raises(OutOfRange, match="wrap"):
        integer_linear(
            np.full((1, 3), 65535, np.uint16), np.full((1, 3), 65535, np.uint16), input_zero_point=0
        )
    with pytest.raises(OutOfRange, match="positive"):
        bias_codes([1.0], 0.0, 1.0)
    with pytest.raises(OutOfRange, match="wrap"):
        bias_codes([1e9], 0.1, 0.1)
    with pytest.raises(NotFinite):
        bias_codes([np.nan], 0.1, 0.1)


def test_convolutions_that_do_not_fit_are_refused() -> None:
    x, w = np.ones((1, 2, 3, 3), np.uint8), np.ones((2, 2, 2, 2), np.int8)
    for image, kernel, move in (
        (x[0], w, Window()),
        (x, w[:, :1], Window()),
        (x, w[:1, :1], Window(groups=2)),
        (x, np.ones((1, 2, 4, 1), np.int8), Window()),
    ):
        with pytest.raises(OutOfRange):
            integer_conv2d(image, kernel, input_zero_point=0, window=move)
    with pytest.raises(OutOfRange, match="stride"):
        Window(stride=0)
