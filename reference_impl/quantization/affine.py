"""Affine (asymmetric) quantization to unsigned codes: real = scale * (code - zero_point), code in 0 ... 2^bits - 1.

Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference",
arXiv:1712.05877, section 2.1; Krishnamoorthi 2018, arXiv:1806.08342, section 2.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reference_impl.errors import NotFinite, OutOfRange

MAX_BITS = 8


class QParams(NamedTuple):
    scale: float  #: width of one step, > 0
    zero_point: int  #: the code that stands for the real value zero


def choose_qparams(lo: float, hi: float, *, bits: int = 8) -> QParams:
    """Parameters for values in lo ... hi, in float64.

    The range is widened to hold zero, so that zero (padding, ReLU, a pruned weight) has an exact code; a range that is
    only zero gets scale 1. NotFinite: a bound that is not finite; OutOfRange: lo > hi, or bits outside 1 ... 8.
    """
    if not (np.isfinite(lo) and np.isfinite(hi)):
        raise NotFinite(f"a range needs finite bounds, not {lo} ... {hi}")
    if lo > hi:
        raise OutOfRange(f"a range needs lo <= hi, not {lo} ... {hi}")
    _refuse_bits(bits)
    low, high = min(float(lo), 0.0), max(float(hi), 0.0)
    steps = 2**bits - 1
    scale = (high - low) / steps
    if scale == 0.0:
        return QParams(1.0, 0)
    return QParams(scale, int(np.clip(np.rint(-low / scale), 0, steps)))


def quantize(values: npt.ArrayLike, scale: float, zero_point: int, *, bits: int = 8) -> npt.NDArray[np.uint8]:
    """Codes of the values, same shape: round to the nearest step (ties to even), add the zero point, clamp.

    Infinities become the first or last code. NotFinite: a NaN, which has no code; OutOfRange: bits outside 1 ... 8.
    """
    _refuse_bits(bits)
    real = np.asarray(values, dtype=np.float64)
    if np.isnan(real).any():
        raise NotFinite("NaN has no code; replace it before quantizing")
    codes = np.clip(np.rint(real / scale) + zero_point, 0, 2**bits - 1)
    return np.asarray(codes.astype(np.uint8))


def dequantize(codes: npt.ArrayLike, scale: float, zero_point: int) -> npt.NDArray[np.float32]:
    """Real values of the codes, same shape; computed in float64, rounded once to float32."""
    real = (np.asarray(codes, dtype=np.float64) - zero_point) * scale
    return np.asarray(real.astype(np.float32))


def _refuse_bits(bits: int) -> None:
    if not 1 <= bits <= MAX_BITS:
        raise OutOfRange(f"bits must be in 1 ... {MAX_BITS}, not {bits}")
