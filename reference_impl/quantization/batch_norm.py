"""Batch normalisation folded into the layer before it, so that inference has one affine step less.

Jacob et al. 2018, arXiv:1712.05877, section 3.2; Krishnamoorthi 2018, arXiv:1806.08342, section 3.2.2. With running
statistics, as at inference: gain = gamma / sqrt(variance + eps); eps belongs under the root.
"""

from math import sqrt

import numpy as np
import numpy.typing as npt

from reference_impl.batch_norm import BatchNorm
from reference_impl.errors import OutOfRange
from reference_impl.reals import (
    SQUARABLE,
    Reals,
    refuse_negative,
    refuse_outside,
    refuse_unless_positive,
    some_squarable_reals,
    squarable_reals,
)


def fold(
    weight: float, bias: float, *, gamma: float, beta: float, mean: float, variance: float, eps: float = 1e-5
) -> tuple[float, float]:
    """Weight and bias of one output channel that give by themselves what batch normalisation made of them.

    WrongDtype: no real numbers; OutOfRange: as `fold_layer`, and for NaN or infinity.
    """
    for what, value in (("weight", weight), ("bias", bias), ("gamma", gamma), ("beta", beta), ("mean", mean)):
        refuse_outside(value, -SQUARABLE, SQUARABLE, what)
    refuse_negative(variance, "the variance")
    refuse_negative(eps, "eps")
    refuse_unless_positive(variance + eps, "variance + eps")
    gain = gamma / sqrt(variance + eps)
    return weight * gain, beta + (bias - mean) * gain


def fold_layer(weight: npt.ArrayLike, bias: npt.ArrayLike | None, norm: BatchNorm) -> tuple[Reals, Reals]:
    """Weight (out, ...) and bias (out,) in float64, of a linear layer or a convolution alike; no bias counts as zero.

    EmptyInput, NotFinite, WrongDtype: of the numbers. OutOfRange: batch normalisation of another number of channels (a
    transposed convolution has them on axis 1), a negative variance or eps, variance + eps not positive, or a folded
    number beyond 2^480.
    """
    kernels = some_squarable_reals(weight, "weights")
    channels = kernels.shape[:1]
    gain, mean, beta = norm.gain(), squarable_reals(norm.mean, "means"), squarable_reals(norm.beta, "beta")
    before = np.zeros(channels) if bias is None else squarable_reals(bias, "biases")
    if kernels.ndim < 2 or any(part.shape != channels for part in (gain, mean, beta, before)):
        raise OutOfRange(
            f"weights {kernels.shape} need one gamma, beta, mean, variance and bias per output channel"
        )
    with np.errstate(over="ignore"):
        folded = kernels * gain.reshape(-1, *[1] * (kernels.ndim - 1)), beta + (before - mean) * gain
    if max(np.abs(folded[0]).max(), np.abs(folded[1]).max()) > SQUARABLE:
        raise OutOfRange("the folded numbers are too large; is a variance too near to zero?")
    return folded
