import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reference_impl.errors import EmptyInput, OutOfRange, WrongDtype
from reference_impl.kernels.int8_conv2d import TIERS, int8_conv2d, pack_conv_weights
from reference_impl.kernels.requantization import Requantization, requantize
from reference_impl.quantization.integer_conv2d import Window, integer_conv2d

all_tiers = pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
# Without its compiler numba leaves the loops to numpy, whose scalars warn where machine code wraps and saturates.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in scalar")


def torch_conv2d(images, weights, stride, padding, zero_point):
    wide = torch.from_numpy(images.astype(np.float64) - zero_point).permute(0, 3, 1, 2)
    kernel = torch.from_numpy(weights.astype(np.float64)).permute(0, 3, 1, 2)
    result = torch.nn.functional.conv2d(wide, kernel, stride=stride, padding=padding)
    return result.permute(0, 2, 3, 1).numpy().astype(np.int32)


def definition(images, weights, bias, stride, padding, zero_point):
    sums = integer_conv2d(
        images.transpose(0, 3, 1, 2),
        weights.transpose(0, 3, 1, 2),
        bias,
        input_zero_point=zero_point,
        window=Window(stride, padding),
    )
    return sums.transpose(0, 2, 3, 1)


@all_tiers
@settings(deadline=None, max_examples=60)
@given(
    count=st.integers(1, 3),
    size=st.tuples(st.integers(1, 12), st.integers(1, 40)),
    kernel=st.tuples(st.integers(1, 3), st.integers(1, 4)),
    channels=st.integers(1, 20),
    out=st.integers(1, 130),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    zero_point=st.integers(-128, 127),
    scale=st.sampled_from([None, 1e-4, 0.5, 3e38]),
    seed=st.integers(0, 2**32),
)
def test_every_tier_agrees_with_torch_and_the_definition_for_any_geometry(
    tier, count, size, kernel, channels, out, stride, padding, zero_point, scale, seed
):
    assume(all(side + 2 * padding >= reach for side, reach in zip(size, kernel, strict=True)))
    random = np.random.default_rng(seed)
    images = random.integers(-128, 128, (count, channels, *size), dtype=np.int8).transpose(0, 2, 3, 1)
    weights = random.integers(-128, 128, (out, channels, *kernel), dtype=np.int8).transpose(0, 2, 3, 1)
    bias = random.integers(-999, 999, out, dtype=np.int32)
    sums = torch_conv2d(images, weights, stride, padding, zero_point) + bias
    np.testing.assert_array_equal(sums, definition(images, weights, bias, stride, padding, zero_point))
    how = scale and Requantization((random.uniform(0.5, 1, out) * scale).astype(np.float32), 3)
    result = int8_conv2d(
        images,
        pack_conv_weights(weights, tier=tier),
        stride=stride,
        padding=padding,
        bias=bias,
        input_zero_point=zero_point,
        requantization=how,
    )
    np.testing.assert_array_equal(result, requantize(sums, how) if how else sums, strict=True)


@pytest.mark.parametrize(
    ("images", "options", "error"),
    [
        (np.ones((1, 4, 4, 2)), {}, WrongDtype),
        (np.ones((4, 4, 2), np.int8), {}, OutOfRange),
        (np.ones((0, 4, 4, 2), np.int8), {}, EmptyInput),
        (np.ones((1, 4, 4, 3), np.int8), {}, OutOfRange),
        (np.ones((1, 2, 4, 2), np.int8), {}, OutOfRange),
        (np.ones((1, 4, 4, 2), np.int8), {"stride": 0}, OutOfRange),
        (np.ones((1, 4, 4, 2), np.int8), {"padding": -1}, OutOfRange),
        (np.ones((1, 4, 4, 2), np.int8), {"input_zero_point": -129}, OutOfRange),
        (np.ones((1, 4, 4, 2), np.int8), {"bias": np.ones(4, np.int32)}, OutOfRange),
    ],
)
def test_what_does_not_fit_is_refused(images, options, error):
    with pytest.raises(error):
        int8_conv2d(images, pack_conv_weights(np.ones((5, 3, 3, 2), np.int8)), **options)


def test_a_sum_of_too_many_products_is_refused():
    with pytest.raises(OutOfRange):
        pack_conv_weights(np.ones((1, 4, 4, 4096), np.int8))
