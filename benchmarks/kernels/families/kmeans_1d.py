"""Codebooks for a tensor's weights, indices included: weights as pruning leaves them, none near zero."""

from collections.abc import Iterator
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.kernels import goals, limits
from benchmarks.kernels.case import Case, Planned
from benchmarks.kernels.peers import Peer, clustering, ready
from benchmarks.kernels.timing import Candidate
from reference_impl.kernels import kmeans_1d as kernel

CODEWORDS = (16, 32)
MANY = 30_000_000
PASSES = 3  # least and greatest, counting, indices
_PRUNED_BELOW = 0.012


def planned() -> Iterator[Planned]:
    for codewords in CODEWORDS:
        size = f"1M, {codewords} codewords"
        yield Planned("k-means, against k-means++", size, partial(_against_plus_plus, codewords))
        yield Planned("k-means, against the optimum", size, partial(_against_exact, codewords))
    for codewords in CODEWORDS:
        size = f"30M, {codewords} codewords"
        yield Planned("k-means, against a copy", size, partial(_against_copy, codewords))


@cache
def _weights(count: int) -> NDArray[np.float32]:
    random = np.random.default_rng(0)
    drawn = int(count * 1.3)
    values = random.standard_normal(drawn, np.float32) * 0.05
    values += random.laplace(0, 0.01, drawn).astype(np.float32)
    kept = values[np.abs(values) > _PRUNED_BELOW][:count]
    if kept.size != count:
        raise RuntimeError(f"only {kept.size} of {count} weights are left; draw more")
    return kept


def inertia(values: NDArray[np.float32], indices: NDArray[np.integer], codewords: int) -> float:
    """Around the means of the clusters, whatever codebook came with them."""
    exact = values.astype(np.float64)
    members = np.maximum(np.bincount(indices, minlength=codewords), 1)
    totals = np.bincount(indices, weights=exact, minlength=codewords)
    return float((exact**2).sum() - (totals**2 / members).sum())


def _against_plus_plus(codewords: int) -> Case:
    weights = _weights(1_000_000)
    peers = ready(
        Peer(
            "scikit-learn k-means++",
            clustering.SCIKIT_LEARN,
            partial(clustering.kmeans_plus_plus, weights, codewords),
        )
    )
    return Case(
        tier=kernel.TIERS[0],
        ours=partial(kernel.cluster, weights, codewords),
        peers=peers,
        goals=goals.KMEANS_PLUS_PLUS,
        limits=limits.reading(weights, PASSES),
    )


def _against_exact(codewords: int) -> Case:
    weights = _weights(1_000_000)
    peers = ready(Peer("ckwrap", clustering.CKWRAP, partial(clustering.exact, weights, codewords)))
    reached = inertia(weights, kernel.cluster(weights, codewords).indices, codewords)
    least = [inertia(weights, np.asarray(peer.call()), codewords) for peer in peers.values()]
    gap = reached / min(least, default=reached) - 1
    return Case(
        tier=kernel.TIERS[0],
        ours=partial(kernel.cluster, weights, codewords),
        peers=peers,
        goals=goals.KMEANS_EXACT,
        limits=limits.reading(weights, PASSES),
        condition=gap <= goals.EXACT_GAP,
        note=f"inertia {gap:.1e} above the optimum",
    )


def _against_copy(codewords: int) -> Case:
    weights = _weights(MANY)
    target = np.empty_like(weights)
    return Case(
        tier=kernel.TIERS[0],
        ours=partial(kernel.cluster, weights, codewords),
        peers={"a copy of the weights": Candidate(partial(np.copyto, target, weights))},
        goals=goals.KMEANS_COPY,
        limits=limits.reading(weights, PASSES),
    )
