"""Weights of two values: -alpha, alpha, one alpha for each filter.

Rastegari et al. 2016, "XNOR-Net", arXiv:1603.05279, section 3.1: the codes of least squared error are the signs, and
alpha is the mean magnitude (equation 6). Zero, which has no sign, becomes 1.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.reals import Reals, integer_array, some_squarable_reals


class Binary(NamedTuple):
    codes: npt.NDArray[np.int8]  #: -1 or 1, of the weights' shape
    scale: Reals  #: alpha, broadcasts against the codes

    def dequantize(self) -> Reals:
        return self.codes * self.scale


def binarize(weights: npt.ArrayLike, *, per_filter: bool = True) -> Binary:
    """Of weights (out, ...); one alpha per index of axis 0, or (per_filter=False) one for the tensor.

    EmptyInput, NotFinite, WrongDtype; OutOfRange: a magnitude above 2^480.
    """
    values = some_squarable_reals(weights, "weights")
    shared = tuple(range(1 if per_filter else 0, values.ndim))
    scale = np.abs(values).mean(axis=shared, keepdims=True)
    return Binary(np.where(values < 0, -1, 1).astype(np.int8), scale)


def signed_dot(one: npt.ArrayLike, other: npt.ArrayLike) -> int:
    """The dot product of two vectors of -1 and 1 as hardware does it: n - 2 popcount(a xor b) (section 3.2).

    WrongDtype: no integers; OutOfRange: other codes, or lengths that differ.
    """
    a, b = integer_array(one), integer_array(other)
    if a.shape != b.shape or a.ndim != 1 or (np.abs(np.concatenate([a, b])) != 1).any():
        raise OutOfRange("two vectors of -1 and 1 of one length are needed")
    return int(a.size - 2 * np.count_nonzero((a > 0) ^ (b > 0)))
