from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange
from reference_impl.kernels import kmeans_1d
from reference_impl.kernels.tiers import Tier
from reference_impl.weight_sharing import optimum
from reference_impl.weight_sharing.nearest import inertia

numbers = st.lists(
    st.one_of(st.integers(-20, 20).map(float), st.floats(-1e6, 1e6, allow_nan=False)), min_size=1, max_size=60
)


def layer(seed: int, count: int) -> NDArray[np.float32]:
    """Weights as pruning leaves them: none near zero."""
    drawn = np.random.default_rng(seed).normal(0, 0.05, 2 * count)
    return drawn[np.abs(drawn) > 0.012][:count].astype(np.float32)


@given(weights=numbers, codewords=st.integers(1, 12))
def test_the_optimum_is_the_definitions_to_the_last_bit(weights: list[float], codewords: int) -> None:
    fast, slow = kmeans_1d.best_clustering(weights, codewords), optimum.best_clustering(weights, codewords)
    assert np.array_equal(fast.codebook, slow.codebook)
    assert np.array_equal(fast.indices, slow.indices)
    assert fast.inertia == slow.inertia


all_tiers = pytest.mark.parametrize("tier", kmeans_1d.TIERS, ids=lambda tier: tier.name)


@all_tiers
@pytest.mark.parametrize("codewords", [1, 2, 16, 32])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_bins_come_within_a_hair_of_the_optimum(tier: Tier, codewords: int, dtype: type) -> None:
    weights: NDArray[Any] = layer(7, 17_000).astype(dtype)
    found = kmeans_1d.cluster(weights, codewords, tier=tier)
    reached = inertia(weights, found.indices, found.codebook)
    assert reached <= optimum.best_clustering(weights, codewords).inertia * (1 + 1e-4)


@settings(max_examples=10)
@given(seed=st.integers(0, 1000), count=st.integers(16_400, 20_000), codewords=st.integers(1, 40))
def test_all_tiers_give_the_same_clusters(seed: int, count: int, codewords: int) -> None:
    weights = layer(seed, count)
    found = [kmeans_1d.cluster(weights, codewords, tier=tier) for tier in kmeans_1d.TIERS]
    for each in found[1:]:
        assert np.array_equal(each.codebook, found[0].codebook)
        assert np.array_equal(each.indices, found[0].indices)


@pytest.mark.parametrize("codewords", [2, 16])
def test_no_start_of_scikit_learn_ends_lower(codewords: int) -> None:
    cluster = pytest.importorskip("sklearn.cluster")
    weights = layer(10, 20_000)
    starts = cluster.KMeans(codewords, n_init=5, random_state=0, tol=0.0).fit(weights[:, None].astype(float))
    found = kmeans_1d.cluster(weights, codewords)
    reached = inertia(weights, found.indices, found.codebook)
    assert reached <= starts.inertia_ * (1 + 1e-5)
    if codewords == 2:  # two clusters of a symmetric row: every start finds the optimum
        assert reached == pytest.approx(starts.inertia_, rel=1e-5)


def test_the_optimum_of_a_whole_layer_is_the_definitions() -> None:
    """Which tests/reference_impl/weight_sharing holds to what trying every clustering finds."""
    weights = layer(11, 2_000).astype(float)
    for codewords in (1, 5, 16):
        fast, slow = (
            kmeans_1d.best_clustering(weights, codewords),
            optimum.best_clustering(weights, codewords),
        )
        assert np.array_equal(fast.indices, slow.indices)
        assert np.array_equal(fast.codebook, slow.codebook)


def test_each_codeword_is_the_mean_of_the_weights_that_take_it() -> None:
    weights = layer(8, 17_000)
    found = kmeans_1d.cluster(weights.reshape(100, 170), 16)
    assert found.indices.shape == (100, 170)
    means = [weights[found.indices.ravel() == index].mean(dtype=float) for index in range(16)]
    assert np.allclose(found.codebook, means, rtol=1e-10, atol=1e-12)
    assert np.all(np.diff(found.codebook) > 0)


@pytest.mark.parametrize("count", [50, 17_000])
def test_where_bins_cannot_tell_the_optimum_is_computed(count: int) -> None:
    weights = np.concatenate([layer(9, count), np.array([1e6, -1e6], np.float32)])
    found = kmeans_1d.cluster(weights, 4)
    best = optimum.best_clustering(weights, 4)
    assert np.array_equal(found.codebook, best.codebook)
    assert np.array_equal(found.indices, best.indices)


@pytest.mark.parametrize(
    "weights", [np.full(20_000, 0.5), np.arange(20_000.0) % 3, np.array([1e38, -3e38] * 10_000, np.float32)]
)
def test_few_distinct_weights_are_their_own_codewords(weights: NDArray[np.float32]) -> None:
    found = kmeans_1d.cluster(weights, 4)
    assert np.array_equal(found.codebook, np.unique(weights))
    assert np.array_equal(found.codebook[found.indices], weights)


def test_what_cannot_be_clustered_is_refused() -> None:
    many = np.zeros(20_000, np.float32)
    many[77] = np.nan
    with pytest.raises(NotFinite):
        kmeans_1d.cluster(many, 4)
    with pytest.raises(EmptyInput):
        kmeans_1d.cluster([], 4)
    with pytest.raises(OutOfRange):
        kmeans_1d.cluster([1.0], 257)
    with pytest.raises(OutOfRange):
        kmeans_1d.best_clustering([1.0], 0)
