"""How shared values learn: every weight of a cluster pulls at its centroid."""

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, real_array, refuse_outside
from reference_impl.weight_sharing.nearest import checked_indices


def centroid_gradient(gradient: ArrayLike, indices: ArrayLike, codewords: int) -> Reals:
    """Sum of the weight gradients in each cluster: equation 3 of arXiv:1510.00149, not their mean; shape (codewords,).

    OutOfRange: gradient and indices of different shapes, or an index outside the codebook.
    """
    slopes, labels = real_array(gradient, "gradient"), checked_indices(indices, codewords)
    if slopes.shape != labels.shape:
        raise OutOfRange(f"the gradient has shape {slopes.shape}, the indices {labels.shape}")
    sums = np.bincount(labels.ravel(), weights=slopes.ravel(), minlength=codewords)
    return sums.astype(np.float64)


def centroid_step(
    codebook: ArrayLike, gradient: ArrayLike, indices: ArrayLike, *, learning_rate: float
) -> Reals:
    """The codebook after one step of gradient descent with the indices frozen."""
    centroids = real_array(codebook, "codebook")
    refuse_outside(learning_rate, 0.0, np.inf, "the learning rate")
    return centroids - learning_rate * centroid_gradient(gradient, indices, len(centroids))
