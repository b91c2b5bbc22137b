"""Quantized weights shift the mean of a layer's output; the bias can take that back.

Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and Bias Correction", arXiv:1906.04721,
section 4.2: E[W~ x] = E[W x] + (W~ - W) E[x], so b' = b - (W~ - W) E[x].
"""

from math import erfc, exp, pi, sqrt

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, some_squarable_reals, squarable_reals


def correct_bias(
    bias: npt.ArrayLike, weight: npt.ArrayLike, quantized_weight: npt.ArrayLike, input_mean: npt.ArrayLike
) -> Reals:
    """Bias (out,) for the dequantized weights (out, in, ...), given the mean of each input channel (in,).

    For a convolution the mean is taken as the same at each place of the kernel: exact without a padded border. Not for
    grouped convolutions. EmptyInput, NotFinite, WrongDtype: of the numbers; OutOfRange: shapes that do not fit, or
    magnitudes whose products pass 2^480.
    """
    true, rough = (
        some_squarable_reals(weight, "weights"),
        some_squarable_reals(quantized_weight, "quantized weights"),
    )
    mean, given = squarable_reals(input_mean, "input means"), squarable_reals(bias, "biases")
    if (
        true.ndim < 2
        or true.shape != rough.shape
        or (given.shape, mean.shape) != (true.shape[:1], true.shape[1:2])
    ):
        raise OutOfRange(
            f"weights {true.shape} and {rough.shape}, biases {given.shape}, means {mean.shape} do not fit"
        )
    error = (rough - true).reshape(*true.shape[:2], -1).sum(axis=2)
    return squarable_reals(given - error @ mean, "corrected biases")


def mean_after_relu(beta: npt.ArrayLike, gamma: npt.ArrayLike) -> Reals:
    """E[max(0, x)] of x ~ Normal(beta, gamma^2), same shape: the input mean without data, behind batch normalisation.

    |gamma| phi(z) + beta Phi(z) with z = beta / |gamma|, phi and Phi the standard normal density and distribution (same
    paper, section 4.2 and the appendix on the clipped normal distribution); max(0, beta) where gamma is 0.
    NotFinite, WrongDtype: of the numbers; OutOfRange: beta and gamma of shapes that differ.
    """
    means, spreads = squarable_reals(beta, "beta"), np.abs(squarable_reals(gamma, "gamma"))
    if means.shape != spreads.shape:
        raise OutOfRange(f"beta {means.shape} and gamma {spreads.shape} need one shape")
    pairs = zip(means.ravel(), spreads.ravel(), strict=True)
    return np.array([_mean_above_zero(float(m), float(s)) for m, s in pairs]).reshape(means.shape)


def _mean_above_zero(mean: float, spread: float) -> float:
    if (
        spread == 0 or abs(mean) > 40 * spread
    ):  # beyond 40 deviations nothing of the tail is left in a float64
        return max(0.0, mean)
    z = mean / spread
    share_above = erfc(-z / sqrt(2)) / 2  # Phi(z); 1 + erf(...) would lose the lower tail
    return max(0.0, spread * exp(-z * z / 2) / sqrt(2 * pi) + mean * share_above)
