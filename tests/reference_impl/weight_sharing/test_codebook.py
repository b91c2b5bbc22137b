import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.weight_sharing import (
    assign,
    centroid_gradient,
    decode,
    k_means,
    linear_centroids,
)

weight_lists = st.lists(st.floats(-10, 10, allow_subnormal=False), min_size=2, max_size=40)


@given(weights=weight_lists, codewords=st.integers(2, 16))
def test_linear_centroids_reach_both_ends_in_equal_steps(weights: list[float], codewords: int) -> None:
    centroids = linear_centroids(weights, codewords)
    assert (centroids[0], centroids[-1]) == (min(weights), max(weights))
    np.testing.assert_allclose(np.diff(centroids), (max(weights) - min(weights)) / (codewords - 1), atol=1e-9)


@given(weights=weight_lists, codewords=st.integers(2, 8))
def test_no_other_centroid_is_nearer_than_the_assigned_one(weights: list[float], codewords: int) -> None:
    codebook = linear_centroids(weights, codewords)
    shared = decode(assign(weights, codebook), codebook)
    for weight, value in zip(weights, shared, strict=True):
        assert abs(weight - value) == min(abs(weight - centroid) for centroid in codebook)


@given(weights=weight_lists, codewords=st.integers(2, 8))
def test_k_means_never_fits_worse_than_its_start(weights: list[float], codewords: int) -> None:
    start = linear_centroids(weights, codewords)
    end = k_means(weights, start)

    def squared_error(codebook: np.ndarray) -> float:
        return float(((decode(assign(weights, codebook), codebook) - weights) ** 2).sum())

    assert np.isfinite(end).all()
    assert squared_error(end) <= squared_error(start) + 1e-9


@given(indices=st.lists(st.integers(0, 3), min_size=1, max_size=30), seed=st.integers(0, 2**16))
def test_centroid_gradient_is_the_derivative_by_the_shared_value(indices: list[int], seed: int) -> None:
    draw = np.random.default_rng(seed)
    codebook, slopes = draw.normal(size=4), draw.normal(size=len(indices))
    step = 1e-3
    for k in range(4):
        moved = codebook + step * (np.arange(4) == k)
        difference = slopes @ decode(indices, moved) - slopes @ decode(indices, codebook)
        assert centroid_gradient(slopes, indices, 4)[k] == pytest.approx(difference / step, abs=1e-6)
