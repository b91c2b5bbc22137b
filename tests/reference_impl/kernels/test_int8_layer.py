import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange, WrongDtype
from reference_impl.kernels.int8_layer import TIERS, int8_layer, pack_int8_layer
from reference_impl.kernels.tiers import Tier
from reference_impl.quantization import PerChannel, Scheme, choose_qparams, quantize, quantize_tensor

all_tiers = pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
odd_lengths = st.sampled_from([1, 2, 3, 4, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 300])
float32 = np.float32


def normal(seed, *shape, size=1.0):
    return (np.random.default_rng(seed).standard_normal(shape) * size).astype(float32)


@all_tiers
@settings(deadline=None)
@given(
    rows=odd_lengths,
    columns=odd_lengths,
    seed=st.integers(0, 2**32),
    exponent=st.integers(-30, 15),
    relu=st.booleans(),
)
def test_every_tier_gives_the_bits_of_the_definition(tier, rows, columns, seed, exponent, relu):
    weights, bias = normal(seed, rows, columns), normal(seed + 1, rows)
    vector = normal(seed + 2, columns, size=10.0**exponent)
    definition = int8_layer(pack_int8_layer(weights, bias, tier=Tier.NUMPY), vector, relu=relu)
    result = int8_layer(pack_int8_layer(weights, bias, tier=tier), vector, relu=relu)
    np.testing.assert_array_equal(result.view(np.uint32), definition.view(np.uint32))


@all_tiers
@settings(deadline=None)
@given(rows=st.integers(1, 40), columns=st.integers(1, 200), seed=st.integers(0, 2**32))
def test_the_result_is_off_by_no_more_than_half_a_step_per_rounded_number(tier, rows, columns, seed):
    weights, bias, vector = normal(seed, rows, columns), normal(seed + 1, rows), normal(seed + 2, columns)
    exact = weights.astype(np.float64) @ vector + bias
    x, w = np.abs(vector.astype(np.float64)), np.abs(weights.astype(np.float64))
    # The zero point is rounded as well, so an end of the range may be clamped by half a step more.
    x_step, w_step = choose_qparams(vector.min(), vector.max()).scale, w.max(axis=1) / 127
    bound = w.sum(axis=1) * x_step + w_step / 2 * (x + x_step).sum()
    result = int8_layer(pack_int8_layer(weights, bias, tier=tier), vector)
    assert (np.abs(result - exact) <= bound + 1e-4 * (1 + np.abs(exact))).all()


@all_tiers
def test_it_is_the_layer_that_the_quantization_module_defines(tier):
    weights, vector = normal(1, 37, 65), normal(2, 65)
    rows = quantize_tensor(weights, Scheme.symmetric_restricted(), PerChannel(0))
    scale, zero_point = choose_qparams(vector.min(), vector.max())
    codes = quantize(vector, scale, zero_point).astype(np.int64) - zero_point
    want = rows.codes.astype(np.int64) @ codes * rows.qparams.scale.ravel() * scale
    np.testing.assert_allclose(
        int8_layer(pack_int8_layer(weights, tier=tier), vector), want, rtol=1e-5, atol=1e-5
    )


@all_tiers
def test_the_largest_sums_do_not_wrap(tier):
    columns = 65_535
    vector = np.ones(columns, float32)
    packed = pack_int8_layer(np.stack([vector, -vector]), tier=tier)
    np.testing.assert_allclose(int8_layer(packed, vector), [columns, -columns], rtol=1e-6)
    np.testing.assert_allclose(int8_layer(packed, -vector), [-columns, columns], rtol=1e-6)


@all_tiers
@pytest.mark.parametrize("size", [0.0, -0.0, 1e-45, -1e-38])
def test_a_vector_of_zeros_or_almost_gives_the_bias(tier, size):
    bias = normal(3, 5)
    result = int8_layer(pack_int8_layer(normal(4, 5, 9), bias, tier=tier), np.full(9, size, float32))
    np.testing.assert_array_equal(result, bias)


@all_tiers
@pytest.mark.parametrize("size", [3.5, -3.5])
def test_a_vector_of_one_value_is_quantized_without_loss(tier, size):
    weights = np.eye(4, dtype=float32)
    result = int8_layer(pack_int8_layer(weights, tier=tier), np.full(4, size, float32))
    np.testing.assert_allclose(result, np.full(4, size), rtol=1e-6)


@all_tiers
def test_a_row_of_zeros_gives_its_bias(tier):
    packed = pack_int8_layer(np.zeros((2, 3), float32), np.array([1.5, -2], float32), tier=tier)
    np.testing.assert_array_equal(int8_layer(packed, normal(5, 3)), [1.5, -2])
    np.testing.assert_array_equal(int8_layer(packed, normal(5, 3), relu=True), [1.5, 0])


@all_tiers
def test_a_vector_with_a_stride_gives_the_same_result(tier):
    packed, vector = pack_int8_layer(normal(6, 20, 50), tier=tier), normal(7, 100)
    np.testing.assert_array_equal(int8_layer(packed, vector[::2]), int8_layer(packed, vector[::2].copy()))


@all_tiers
@pytest.mark.parametrize("bad", [np.nan, -np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [0, 40, 64])
def test_a_vector_that_is_not_finite_is_refused(tier, bad, place):
    vector = normal(8, 65)
    vector[place] = bad
    with pytest.raises(NotFinite, match="NaN or infinity"):
        int8_layer(pack_int8_layer(normal(9, 2, 65), tier=tier), vector)


@all_tiers
def test_a_range_beyond_float32_is_refused(tier):
    with pytest.raises(OutOfRange, match="beyond float32"):
        int8_layer(pack_int8_layer(np.ones((1, 2), float32), tier=tier), np.array([-3e38, 3e38], float32))


@all_tiers
@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_result_beyond_float32_is_refused(tier):
    packed = pack_int8_layer(np.full((1, 2), 1e20, float32), tier=tier)
    with pytest.raises(OutOfRange, match="beyond float32"):
        int8_layer(packed, np.array([1e20, 1e20], float32))
    with pytest.raises(OutOfRange, match="beyond float32"):
        int8_layer(packed, np.array([-1e20, -1e20], float32), relu=True)


@pytest.mark.parametrize(
    ("vector", "error"),
    [
        (np.ones(3), WrongDtype),
        ([1.0, 2.0, 3.0], WrongDtype),
        (np.ones(2, float32), OutOfRange),
        (np.ones((3, 1), float32), OutOfRange),
        (np.ones(0, float32), EmptyInput),
    ],
)
def test_a_vector_that_does_not_fit_is_refused(vector, error):
    with pytest.raises(error):
        int8_layer(pack_int8_layer(np.ones((2, 3), float32)), vector)


@pytest.mark.parametrize(
    ("weights", "bias", "error"),
    [
        (np.ones((2, 2)), None, WrongDtype),
        (np.ones(4, float32), None, OutOfRange),
        (np.ones((0, 4), float32), None, EmptyInput),
        (np.ones((1, 65_536), float32), None, OutOfRange),
        (np.full((1, 1), np.nan, float32), None, NotFinite),
        (np.ones((2, 2), float32), np.ones(2), WrongDtype),
        (np.ones((2, 2), float32), np.ones(3, float32), OutOfRange),
        (np.ones((2, 2), float32), np.array([0, np.inf], float32), NotFinite),
    ],
)
def test_a_layer_that_cannot_be_packed_is_refused(weights, bias, error):
    with pytest.raises(error):
        pack_int8_layer(weights, bias)


def test_a_packed_layer_does_not_see_later_changes_of_its_bias():
    bias = np.zeros(1, float32)
    packed = pack_int8_layer(np.ones((1, 1), float32), bias)
    bias[0] = 9
    assert int8_layer(packed, np.zeros(1, float32)) == [0]
