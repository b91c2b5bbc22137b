"""Affine (asymmetric) quantization to unsigned codes: real = scale * (code - zero_point), code in 0 ... 2^bits - 1.

Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference",
arXiv:1712.05877, section 2.1; Krishnamoorthi 2018, arXiv:1806.08342, section 2.1.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reference_impl.errors import NotFinite
from reference_impl.quantization.scheme import Scheme
from reference_impl.reals import (
    SQUARABLE,
    RealNumber,
    WholeNumber,
    any_array,
    float32_array,
    integer_array,
    refuse_unless_positive,
    squarable_reals,
    whole_number,
)

MAX_BITS = 8
_ZERO_POINTS = 2**31 - 1


class QParams(NamedTuple):
    scale: float  #: width of one step, > 0
    zero_point: int  #: the code that stands for the real value zero


def choose_qparams(lo: float, hi: float, *, bits: int = 8) -> QParams:
    """Parameters for values in lo ... hi, in float64: scale = (hi - lo) / (2^bits - 1), zero point = rint(-lo / scale).

    The range is widened to hold zero, so that zero (padding, ReLU, a pruned weight) has an exact code; a range that is
    only zero gets scale 1. NotFinite: a bound that is not finite; OutOfRange: lo > hi, a bound beyond 2^480, or bits
    outside 1 ... 8; WrongDtype: no numbers.
    """
    whole_number(bits, 1, MAX_BITS, "bits")
    scale, zero_point = Scheme.affine(bits).qparams(lo, hi)
    return QParams(float(scale), int(zero_point))


def quantize(
    values: npt.ArrayLike, scale: RealNumber, zero_point: WholeNumber, *, bits: int = 8
) -> npt.NDArray[np.uint8]:
    """Codes of the values, same shape: round to the nearest step (ties to even), add the zero point, clamp.

    Rounding before the zero point is added differs from rint(x / scale + zero_point) at ties when the zero point is odd.
    Infinities become the first or last code: the formula's limit, as of every value beyond the range. (`quantize_with`
    refuses them: in a network's tensors they are overflow, which clamping would hide.) NotFinite: a NaN, which has no
    code; OutOfRange: bits outside 1 ... 8, a scale that is not positive; WrongDtype: no real numbers, or a zero point
    that is no integer.
    """
    bits = whole_number(bits, 1, MAX_BITS, "bits")
    _refuse_qparams(scale, zero_point)
    real = _reals_or_infinities(values)
    codes = np.clip(np.rint(real / float(scale)) + zero_point, 0, 2**bits - 1)
    return np.asarray(codes.astype(np.uint8))


def dequantize(codes: npt.ArrayLike, scale: RealNumber, zero_point: WholeNumber) -> npt.NDArray[np.float32]:
    """Real values of the codes, same shape; computed in float64, rounded once to float32.

    WrongDtype: codes that are no integers; OutOfRange: a scale that is not positive, or a value beyond float32.
    """
    _refuse_qparams(scale, zero_point)
    return float32_array((integer_array(codes) - np.float64(zero_point)) * scale)


def _refuse_qparams(scale: RealNumber, zero_point: WholeNumber) -> None:
    refuse_unless_positive(scale, "the scale")
    whole_number(zero_point, -_ZERO_POINTS, _ZERO_POINTS, "the zero point")


def _reals_or_infinities(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Magnitudes beyond SQUARABLE are all alike here: whatever the scale, they are clamped."""
    given = any_array(values, "values")
    if given.dtype.kind != "f":
        return squarable_reals(given)
    if np.isnan(given).any():
        raise NotFinite("NaN has no code; replace it before quantizing")
    with np.errstate(over="ignore"):  # a long double beyond float64 becomes infinite
        return np.clip(given.astype(np.float64), -SQUARABLE, SQUARABLE)
