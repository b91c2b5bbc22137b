"""k-means as others do it: k-means++ and Lloyd in scikit-learn, the optimum in one dimension in ckwrap."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.kernels.timing import Call

SCIKIT_LEARN = ("scikit-learn",)
CKWRAP = ("ckwrap",)


def kmeans_plus_plus(weights: NDArray[np.float32], codewords: int) -> Call:
    return partial(_fitted, weights[:, None], codewords)


def _fitted(points: NDArray[np.float32], codewords: int) -> Any:
    from sklearn.cluster import KMeans

    return KMeans(codewords, n_init=1, random_state=0).fit(points)


def exact(weights: NDArray[np.float32], codewords: int) -> Call:
    """Gives the index of each weight in a codebook of least inertia."""
    import ckwrap

    return partial(_labels, ckwrap.ckmeans, weights.astype(np.float64), (codewords, codewords))


def _labels(solve: Any, weights: NDArray[np.float64], codewords: tuple[int, int]) -> Any:
    return solve(weights, codewords).labels
