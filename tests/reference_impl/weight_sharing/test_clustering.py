from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import CompressionError, EmptyInput, NotFinite, OutOfRange, WrongDtype
from reference_impl.weight_sharing import (
    assign,
    best_clustering,
    centroid_gradient,
    centroid_step,
    decode,
    density_centroids,
    forgy_centroids,
    inertia,
    k_means_plus_plus,
    linear_centroids,
    lloyd,
)

tenths = st.integers(-40, 40).map(lambda n: n / 10)
weight_lists = st.lists(tenths, min_size=1, max_size=9)
seeds = st.integers(0, 2**16)


def least_inertia(weights: list[float], codewords: int) -> float:
    """By trying every way to cut the sorted weights into runs."""
    ordered = np.sort(weights)
    cuts = combinations(range(1, len(weights)), min(codewords, len(weights)) - 1)
    return min(sum(float(((p - p.mean()) ** 2).sum()) for p in np.split(ordered, cut)) for cut in cuts)


@given(weights=weight_lists, codewords=st.integers(1, 6))
def test_the_optimum_is_that_of_trying_everything(weights: list[float], codewords: int) -> None:
    found = best_clustering(weights, codewords)
    assert found.inertia == pytest.approx(least_inertia(weights, codewords), abs=1e-9)
    assert found.inertia == inertia(weights, found.indices, found.codebook)
    assert len(found.codebook) == min(codewords, len(set(weights)))
    assert (np.diff(found.codebook) > 0).all()


@given(seed=seeds, codewords=st.integers(1, 12), size=st.integers(1, 300))
def test_no_start_of_lloyd_beats_the_optimum(seed: int, codewords: int, size: int) -> None:
    draw = np.random.default_rng(seed)
    weights = draw.normal(size=size)
    best = best_clustering(weights, codewords).inertia
    for start in (linear_centroids(weights, codewords), k_means_plus_plus(weights, codewords, draw)):
        assert lloyd(weights, start).clustering.inertia >= best - 1e-9


@given(seed=seeds, codewords=st.integers(1, 8))
def test_lloyd_moves_nothing_of_the_optimum(seed: int, codewords: int) -> None:
    weights = np.random.default_rng(seed).normal(size=60)
    best = best_clustering(weights, codewords)
    assert lloyd(weights, best.codebook).clustering.inertia == pytest.approx(best.inertia, abs=1e-12)


@given(weights=weight_lists, factor=st.sampled_from([1e-150, 1e-6, 1e8, 1e140]))
def test_the_optimum_scales_with_the_weights(weights: list[float], factor: float) -> None:
    plain, scaled = best_clustering(weights, 3), best_clustering(np.array(weights) * factor, 3)
    assert scaled.inertia == pytest.approx(plain.inertia * factor**2, rel=1e-6, abs=1e-9 * factor**2)


def test_distinct_weights_are_their_own_centroids_when_there_are_codewords_enough() -> None:
    found = best_clustering([[0.1, 0.3], [0.1, 0.7]], 10)
    assert found.codebook.tolist() == [0.1, 0.3, 0.7]
    assert found.indices.tolist() == [[0, 1], [0, 2]]
    assert found.shared().tolist() == [[0.1, 0.3], [0.1, 0.7]]
    assert found.inertia == 0


@given(weights=weight_lists, start=st.lists(tenths, min_size=1, max_size=6))
def test_inertia_never_rises_and_is_the_reported_one(weights: list[float], start: list[float]) -> None:
    run = lloyd(weights, start)
    assert (np.diff(run.inertias) <= 0).all()
    end = run.clustering
    assert end.inertia == inertia(weights, end.indices, end.codebook) == run.inertias[-1]
    assert run.converged
    assert len(end.codebook) == len(start)


def test_an_empty_cluster_keeps_its_centroid() -> None:
    run = lloyd([0.0, 0.2, 1.0], [0.0, 1.0, 50.0])
    assert run.clustering.codebook.tolist() == [0.1, 1.0, 50.0]
    assert run.clustering.indices.tolist() == [0, 0, 1]


def test_steps_that_run_out_are_said() -> None:
    assert not lloyd([0.0, 1.0, 2.0, 10.0], [0.0, 0.1], steps=1).converged
    unmoved = lloyd([0.0, 1.0], [5.0], steps=0)
    assert unmoved.clustering.codebook.tolist() == [5.0]


@given(weights=weight_lists, codebook=st.lists(tenths, min_size=1, max_size=7))
def test_assignment_is_that_of_the_table_of_all_distances(
    weights: list[float], codebook: list[float]
) -> None:
    table = np.abs(np.array(weights)[:, None] - np.array(codebook))
    assert assign(weights, codebook).tolist() == table.argmin(axis=1).tolist()


@given(weights=weight_lists, codewords=st.integers(1, 9))
def test_density_centroids_have_equal_shares_of_the_weights_between_them(
    weights: list[float], codewords: int
) -> None:
    ordered = sorted(weights)
    expected = [ordered[int((2 * i + 1) * len(ordered) / (2 * codewords))] for i in range(codewords)]
    assert density_centroids(weights, codewords).tolist() == expected


@given(seed=seeds, weights=weight_lists, codewords=st.integers(1, 12))
def test_random_starts_are_weights(seed: int, weights: list[float], codewords: int) -> None:
    draw = np.random.default_rng(seed)
    spread = k_means_plus_plus(weights, codewords, draw)
    assert set(spread) <= set(weights)
    assert len(set(spread)) == len(spread) == min(codewords, len(set(weights)))
    if codewords <= len(weights):
        forgy = forgy_centroids(weights, codewords, draw).tolist()
        assert all(forgy.count(value) <= weights.count(value) for value in forgy)


def test_k_means_plus_plus_prefers_what_is_far() -> None:
    weights = np.concatenate([np.linspace(0, 0.01, 99), [100.0]])
    starts = [k_means_plus_plus(weights, 2, np.random.default_rng(seed)) for seed in range(20)]
    assert all(start[-1] == 100.0 for start in starts)


@given(seed=seeds)
def test_the_centroid_gradient_is_the_slope_of_the_loss(seed: int) -> None:
    draw = np.random.default_rng(seed)
    inputs, wanted = draw.normal(size=(7, 6)), draw.normal(size=(7, 4))
    indices, codebook = draw.integers(0, 5, size=(6, 4)), draw.normal(size=5)

    def loss(centroids: np.ndarray) -> float:
        return float(((inputs @ decode(indices, centroids) - wanted) ** 2).sum())

    by_weight = 2 * inputs.T @ (inputs @ decode(indices, codebook) - wanted)
    ours = centroid_gradient(by_weight, indices, 5)
    for k in range(5):
        moved = 1e-5 * (np.arange(5) == k)
        slope = (loss(codebook + moved) - loss(codebook - moved)) / 2e-5
        assert ours[k] == pytest.approx(slope, rel=1e-5, abs=1e-5)
    assert loss(centroid_step(codebook, by_weight, indices, learning_rate=1e-5)) < loss(codebook)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: best_clustering([], 2), EmptyInput),
        (lambda: best_clustering([1.0], 0), OutOfRange),
        (lambda: best_clustering([np.nan], 1), NotFinite),
        (lambda: linear_centroids([], 2), EmptyInput),
        (lambda: forgy_centroids([1.0], 2, np.random.default_rng(0)), OutOfRange),
        (lambda: lloyd([1.0], []), EmptyInput),
        (lambda: lloyd([1.0], [1.0], steps=-1), OutOfRange),
        (lambda: decode([2], [0.0, 1.0]), OutOfRange),
        (lambda: decode([-1], [0.0, 1.0]), OutOfRange),
        (lambda: decode([0.5], [0.0, 1.0]), WrongDtype),
        (lambda: centroid_gradient([1.0], [3], 3), OutOfRange),
        (lambda: centroid_gradient([1.0, 2.0], [0], 3), OutOfRange),
    ],
)
def test_what_cannot_be_clustered_is_refused(call, error: type[CompressionError]) -> None:
    with pytest.raises(error):
        call()


def test_no_indices_stand_for_no_weights() -> None:
    assert decode([], [1.0]).shape == (0,)
    assert assign([], [1.0]).shape == (0,)
