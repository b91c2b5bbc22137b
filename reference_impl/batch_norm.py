"""Batch normalisation as it is at inference: gamma (x - mean) / sqrt(variance + eps) + beta, for each channel.

Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 2, where the variance is that of the population.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.reals import DIVISIBLE, Reals, refuse_negative, squarable_reals


@dataclass(frozen=True, eq=False)
class BatchNorm:
    """Parameters and running statistics, each of shape (channels,); variance is no standard deviation."""

    gamma: npt.ArrayLike
    beta: npt.ArrayLike
    mean: npt.ArrayLike
    variance: npt.ArrayLike
    eps: float = 1e-5

    def gain(self) -> Reals:
        """gamma / sqrt(variance + eps), shape (channels,). OutOfRange: a negative variance or eps, or a sum not positive."""
        refuse_negative(self.eps, "eps")
        variance, gamma = squarable_reals(self.variance, "variances"), squarable_reals(self.gamma, "gamma")
        if (variance < 0).any() or (variance + self.eps < DIVISIBLE).any():
            raise OutOfRange("variances must not be negative, and variance + eps must be positive")
        if gamma.shape != variance.shape:
            raise OutOfRange(f"gamma {gamma.shape} and variance {variance.shape} need one value per channel")
        return gamma / np.sqrt(variance + self.eps)
