"""The same clusters as scikit-learn and scipy find from the same start."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.vq import vq
from sklearn.cluster import KMeans

from reference_impl.weight_sharing.initialisation import forgy_centroids, linear_centroids
from reference_impl.weight_sharing.lloyd import lloyd
from reference_impl.weight_sharing.nearest import assign
from reference_impl.weight_sharing.optimum import best_clustering

seeds = st.integers(0, 2**16)


def weights_of(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=60)


@given(seed=seeds, codewords=st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_lloyd_ends_where_scikit_learn_does(seed: int, codewords: int) -> None:
    """From weights as the start, so that no cluster is empty: there the two differ by convention."""
    weights = weights_of(seed)
    start = forgy_centroids(weights, codewords, np.random.default_rng(seed))
    theirs = KMeans(codewords, init=start[:, None], n_init=1, tol=0, max_iter=500).fit(weights[:, None])
    ours = lloyd(weights, start, steps=500)
    np.testing.assert_allclose(ours.clustering.codebook, theirs.cluster_centers_[:, 0], atol=1e-9)
    np.testing.assert_allclose(ours.clustering.inertia, theirs.inertia_, rtol=1e-9, atol=1e-12)


@given(seed=seeds, codewords=st.integers(1, 8))
def test_the_nearest_centroid_is_that_of_scipy(seed: int, codewords: int) -> None:
    weights = weights_of(seed)
    codebook = linear_centroids(weights, codewords)
    np.testing.assert_array_equal(assign(weights, codebook), vq(weights[:, None], codebook[:, None])[0])


@given(seed=seeds, codewords=st.integers(1, 6))
@settings(max_examples=15, deadline=None)
def test_no_start_of_scikit_learn_or_lloyd_beats_the_optimum(seed: int, codewords: int) -> None:
    weights = weights_of(seed)
    best = best_clustering(weights, codewords).inertia
    theirs = KMeans(codewords, n_init=20, random_state=seed, tol=0).fit(weights[:, None])
    ours = lloyd(weights, linear_centroids(weights, codewords)).clustering
    assert best <= theirs.inertia_ * (1 + 1e-9)
    assert best <= ours.inertia * (1 + 1e-9)
