import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import OutOfRange, WrongDtype
from reference_impl.kernels.int8_conv2d import TIERS, int8_conv2d, pack_conv_weights
from reference_impl.kernels.requantization import Requantization, requantize

all_tiers = pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)


def torch_conv2d(images, weights, stride, padding, zero_point):
    wide = torch.from_numpy(images.astype(np.float64) - zero_point).permute(0, 3, 1, 2)
    kernel = torch.from_numpy(weights.astype(np.float64)).permute(0, 3, 1, 2)
    result = torch.nn.functional.conv2d(wide, kernel, stride=stride, padding=padding)
    return result.permute(0, 2, 3, 1).numpy().astype(np.int32)


@all_tiers
@settings(deadline=None, max_examples=60)
@given(
    count=st.integers(1, 3),
    size=st.tuples(st.integers(3, 12), st.integers(4, 40)),
    kernel=st.tuples(st.integers(1, 3), st.integers(1, 4)),
    channels=st.integers(1, 20),
    out=st.integers(1, 70),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    zero_point=st.integers(-128, 127),
    requantized=st.booleans(),
    seed=st.integers(0, 2**32),
)
def test_every_tier_agrees_with_torch_for_any_geometry(
    tier, count, size, kernel, channels, out, stride, padding, zero_point, requantized, seed
):
    random = np.random.default_rng(seed)
    images = random.integers(-128, 128, (count, *size, channels), dtype=np.int8)
    weights = random.integers(-128, 128, (out, *kernel, channels), dtype=np.int8)
    bias = random.integers(-999, 999, out, dtype=np.int32)
    sums = torch_conv2d(images, weights, stride, padding, zero_point) + bias
    how = Requantization(random.uniform(1e-5, 1e-2, out).astype(np.float32), 3) if requantized else None
    result = int8_conv2d(
        images,
        pack_conv_weights(weights, tier=tier),
        stride=stride,
        padding=padding,
        bias=bias,
        input_zero_point=zero_point,
        requantization=how,
    )
    np.testing.assert_array_equal(result, sums if how is None else requantize(sums, how))


@pytest.mark.parametrize(
    ("images", "options", "error"),
    [
        (np.ones((1, 4, 4, 2)), {}, WrongDtype),
        (np.ones((4, 4, 2), np.int8), {}, OutOfRange),
        (np.ones((1, 4, 4, 3), np.int8), {}, OutOfRange),
        (np.ones((1, 2, 4, 2), np.int8), {}, OutOfRange),
        (np.ones((1, 4, 4, 2), np.int8), {"stride": 0}, OutOfRange),
        (np.ones((1, 4, 4, 2), np.int8), {"padding": -1}, OutOfRange),
        (np.ones((1, 4, 4, 2), np.int8), {"input_zero_point": -129}, OutOfRange),
    ],
)
def test_what_does_not_fit_is_refused(images, options, error):
    with pytest.raises(error):
        int8_conv2d(images, pack_conv_weights(np.ones((5, 3, 3, 2), np.int8)), **options)
