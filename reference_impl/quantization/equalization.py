"""Cross-layer equalization: channels of two layers in a row brought to one range, the network's function unchanged.

Nagel et al. 2019, arXiv:1906.04721, section 4.1. What lies between the layers must let a positive
factor through: f(s x) = s f(x), as ReLU, PReLU, or nothing does (ReLU6 and sigmoid do not).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.reals import DIVISIBLE, Reals, some_squarable_reals, squarable_reals, whole_number


class Equalized(NamedTuple):
    first_weight: Reals  #: row i divided by factors[i]
    first_bias: Reals  #: divided likewise
    second_weight: Reals  #: input channel i multiplied by factors[i]
    factors: Reals  #: > 0, one for each channel between the layers


def equalize(
    first_weight: npt.ArrayLike, first_bias: npt.ArrayLike, second_weight: npt.ArrayLike
) -> Equalized:
    """Weights (mid, in, ...) and (out, mid, ...), bias (mid,); linear layers and convolutions may follow each other.

    With r1, r2 the greatest magnitudes of channel i in each layer, s = sqrt(r1 / r2) (the paper's
    s = sqrt(r1 r2) / r2), after which both are sqrt(r1 r2). A channel that is all zero in either layer keeps s = 1 (as one below 2^-480 does).
    Not for grouped convolutions as second layer. EmptyInput, NotFinite, WrongDtype: of the numbers; OutOfRange: shapes
    that do not fit, or a bias that passes 2^480 when it is scaled.
    """
    first, second = (
        some_squarable_reals(first_weight, "weights"),
        some_squarable_reals(second_weight, "weights"),
    )
    bias = squarable_reals(first_bias, "biases")
    if min(first.ndim, second.ndim) < 2 or not (first.shape[0],) == second.shape[1:2] == bias.shape:
        raise OutOfRange(
            f"weights {first.shape}, {second.shape} and bias {bias.shape} are not two layers in a row"
        )
    factors = _factors(channel_ranges(first, axis=0), channel_ranges(second, axis=1))
    scaled = squarable_reals(bias / factors, "scaled biases")
    return Equalized(first / _along(factors, 0, first), scaled, second * _along(factors, 1, second), factors)


def channel_ranges(weight: npt.ArrayLike, *, axis: int) -> Reals:
    """Greatest magnitude of each channel, shape (channels,). EmptyInput, NotFinite, WrongDtype; OutOfRange: no such axis."""
    magnitudes = np.abs(some_squarable_reals(weight, "weights"))
    whole_number(axis, -magnitudes.ndim, magnitudes.ndim - 1, f"the axis of weights {magnitudes.shape}")
    moved = np.moveaxis(magnitudes, axis, 0)
    return moved.reshape(len(moved), -1).max(axis=1)


def _factors(first: Reals, second: Reals) -> Reals:
    used = (first > DIVISIBLE) & (second > DIVISIBLE)
    factors = np.ones(first.shape)
    factors[used] = np.sqrt(first[used]) / np.sqrt(second[used])
    return factors


def _along(factors: Reals, axis: int, weight: Reals) -> Reals:
    return factors.reshape([-1 if i == axis else 1 for i in range(weight.ndim)])
