"""Weights of three values: -alpha, 0, alpha.

Li, Liu 2016, "Ternary Weight Networks", arXiv:1605.04711, section 2. For a threshold delta the best scale is the mean
magnitude above it, and the best delta maximises (sum above)^2 / (number above). The paper of 2016
approximates it by 0.7 times the mean magnitude, its later revision by 0.75 times; the exact optimum takes one sort.
"""

from math import nextafter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reference_impl.reals import Reals, refuse_outside, some_squarable_reals


class Ternary(NamedTuple):
    codes: npt.NDArray[np.int8]  #: -1, 0, 1, of the weights' shape
    scale: float  #: alpha >= 0; 0 when all weights are 0
    threshold: float  #: delta: magnitudes above it have a code that is not 0

    def dequantize(self) -> Reals:
        return self.codes.astype(np.float64) * self.scale


def ternarize(weights: npt.ArrayLike, *, factor: float = 0.7) -> Ternary:
    """By the paper's threshold, factor * mean |w|. EmptyInput, NotFinite, WrongDtype; OutOfRange: a factor not in [0, 1)."""
    refuse_outside(
        factor, 0, nextafter(1.0, 0.0), "the threshold's factor"
    )  # so that some weight is above it
    values = some_squarable_reals(weights, "weights")
    return _above(values, factor * float(np.abs(values).mean()))


def ternarize_optimally(weights: npt.ArrayLike) -> Ternary:
    """By the threshold of least squared error; the lowest magnitude kept lies above it, the next one on it.

    EmptyInput, NotFinite, WrongDtype.
    """
    values = some_squarable_reals(weights, "weights")
    falling = np.sort(np.abs(values), axis=None)[::-1]
    greatest = falling[0] or 1.0  # gains are taken of shares of it, for the square of a tiny weight is zero
    gains = np.cumsum(falling / greatest) ** 2 / np.arange(1, falling.size + 1)
    last = falling[int(np.argmax(gains))]
    below = falling[falling < last]
    return _above(values, float(below[0]) if below.size else 0.0)


def _above(values: Reals, threshold: float) -> Ternary:
    magnitudes = np.abs(values)
    used = magnitudes > threshold
    scale = float(magnitudes[used].mean()) if used.any() else 0.0
    return Ternary(np.where(used, np.sign(values), 0).astype(np.int8), scale, threshold)
