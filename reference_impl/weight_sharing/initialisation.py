"""Where centroids start (arXiv:1510.00149, section 3.2; k-means++: Arthur and Vassilvitskii 2007).

All give float64 and take weights of any shape, zeros included: leave out pruned weights first, or a centroid is
spent on them. NotFinite, WrongDtype; EmptyInput: no weights. OutOfRange: codewords outside 1 ... 2^24, magnitudes too
large for their squares.
"""

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.reals import Reals, some_squarable_reals, whole_number
from reference_impl.weight_sharing.nearest import MOST_CODEWORDS


def linear_centroids(weights: ArrayLike, codewords: int) -> Reals:
    """Evenly spaced from the smallest weight to the largest, both included; one alone is the smallest.

    Of constant weights all are equal. Covers large weights, which are few but matter most.
    """
    values = _checked(weights, codewords)
    return np.linspace(values.min(), values.max(), codewords)


def density_centroids(weights: ArrayLike, codewords: int) -> Reals:
    """Evenly spaced on the cumulative distribution: the weights at (i + 1/2) / codewords of it, increasing.

    Each starts in the middle of an equal share of the weights, and is one of them. Others space from 0 to 1, so that
    the first and last centroids are the extremes; the paper draws no such ones.
    """
    values = np.sort(_checked(weights, codewords))
    shares = (np.arange(codewords) + 0.5) / codewords
    return values[np.minimum((shares * values.size).astype(np.int64), values.size - 1)]


def forgy_centroids(weights: ArrayLike, codewords: int, random: np.random.Generator) -> Reals:
    """Weights at different places, drawn with equal chances, increasing; equal weights may give equal centroids.

    OutOfRange: more codewords than weights.
    """
    values = _checked(weights, codewords)
    codewords = whole_number(codewords, 1, values.size, "the number of codewords")
    return np.sort(random.choice(values, size=codewords, replace=False))


def k_means_plus_plus(weights: ArrayLike, codewords: int, random: np.random.Generator) -> Reals:
    """Each next weight is drawn with chances by its squared distance to the centroids before; increasing.

    Centroids are distinct: of fewer distinct weights than codewords each is taken once, and the result is shorter.
    """
    values = _checked(weights, codewords)
    chosen = [random.choice(values)]
    # scaled: squares of tiny differences must not all vanish
    spread = float(np.ptp(values)) or 1.0
    distances = np.abs(values - chosen[0]) / spread
    while len(chosen) < codewords and distances.any():
        powers = (distances / distances.max()) ** 2
        chosen.append(values[random.choice(values.size, p=powers / powers.sum())])
        distances = np.minimum(distances, np.abs(values - chosen[-1]) / spread)
    return np.sort(np.array(chosen))


def _checked(weights: ArrayLike, codewords: int) -> Reals:
    whole_number(codewords, 1, MOST_CODEWORDS, "the number of codewords")
    return some_squarable_reals(weights, "weights").ravel()
