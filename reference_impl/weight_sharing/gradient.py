"""How shared values learn: every weight of a cluster pulls at its centroid."""

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, refuse_negative, squarable_reals, whole_number
from reference_impl.weight_sharing.nearest import MOST_CODEWORDS, checked_codebook, checked_indices


def centroid_gradient(gradient: ArrayLike, indices: ArrayLike, codewords: int) -> Reals:
    """Sum of the weight gradients in each cluster: equation 3 of arXiv:1510.00149, not their mean; shape (codewords,).

    NotFinite, WrongDtype. OutOfRange: gradient and indices of different shapes, or an index outside the codebook,
    magnitudes above 2^480.
    """
    codewords = whole_number(codewords, 1, MOST_CODEWORDS, "the number of codewords")
    slopes, labels = squarable_reals(gradient, "gradient"), checked_indices(indices, codewords)
    if slopes.shape != labels.shape:
        raise OutOfRange(f"the gradient has shape {slopes.shape}, the indices {labels.shape}")
    sums = np.bincount(labels.ravel(), weights=slopes.ravel(), minlength=codewords)
    return sums.astype(np.float64)


def centroid_step(
    codebook: ArrayLike, gradient: ArrayLike, indices: ArrayLike, *, learning_rate: float
) -> Reals:
    """The codebook after one step of gradient descent with the indices frozen.

    A centroid that no weight takes stays. Errors as of centroid_gradient; OutOfRange: a learning rate below zero.
    """
    centroids = checked_codebook(codebook)
    refuse_negative(learning_rate, "the learning rate")
    return centroids - learning_rate * centroid_gradient(gradient, indices, len(centroids))
