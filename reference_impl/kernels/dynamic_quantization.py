"""Bytes for a vector that is known only at run time, in float32 throughout.

Convention: ONNX operator DynamicQuantizeLinear, opset 11 (affine, uint8, the range always holds zero):
scale = (max(0, max x) - min(0, min x)) / 255, zero point = rint(-min(0, min x) / scale),
code = clip(rint(x / scale) + zero point, 0, 255), ties to even.
A scale below the smallest normal float32 (a vector of zeros, or almost) becomes 1, so every code stands for zero.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import NotFinite, OutOfRange
from reference_impl.kernels.compiled import compiled

# What a compiled function, which cannot raise these errors, answers instead; `refusal` turns it into the error.
ACCEPTED, NOT_FINITE, BEYOND_FLOAT32 = 0, 1, 2

_LEAST_SCALE = np.finfo(np.float32).tiny
_GREATEST = np.float64(np.finfo(np.float32).max)
_STEPS = np.float32(255)
_SIGN_BIT = 0x80000000


class DynamicCodes(NamedTuple):
    codes: NDArray[np.uint8]  #: (columns,)
    scale: np.float32  #: > 0
    zero_point: int  #: 0 ... 255


def dynamic_quantize(vector: NDArray[np.float32]) -> DynamicCodes:
    """The definition, in numpy. NotFinite: NaN or infinity; OutOfRange: max - min is beyond float32."""
    if not np.isfinite(vector).all():
        raise refusal(NOT_FINITE)
    lo, hi = min(vector.min(), np.float32(0)), max(vector.max(), np.float32(0))
    if np.float64(hi) - np.float64(lo) > _GREATEST:
        raise refusal(BEYOND_FLOAT32)
    scale = (hi - lo) / _STEPS
    if scale < _LEAST_SCALE:
        scale = np.float32(1)
    zero_point = np.rint(-lo / scale)
    codes = np.clip(np.rint(vector / scale) + zero_point, 0, 255).astype(np.uint8)
    return DynamicCodes(codes, scale, int(zero_point))


def refusal(answer: int) -> NotFinite | OutOfRange:
    """The error that a compiled function could not raise."""
    if answer == NOT_FINITE:
        return NotFinite("vector holds NaN or infinity; clean it before quantizing")
    return OutOfRange("the range of the vector, or a result, is beyond float32; scale the vector down")


@compiled
def _range_with_zero(vector: NDArray[Any]) -> tuple[Any, Any]:
    """min(0, min x) and max(0, max x); not finite when some x is not.

    Bit patterns of floats of one sign grow with their magnitude, then come infinity and NaN. So two greatest integers,
    which compile to vector instructions as maxima of floats do not, give the range and find what is not finite.
    """
    signed, unsigned = vector.view(np.int32), vector.view(np.uint32)
    positive, negative = np.int32(0), np.uint32(_SIGN_BIT)
    for k in range(vector.size):
        positive = max(positive, signed[k])
        negative = max(negative, unsigned[k])
    # The names are new because numba wants what is viewed to be set once.
    least, greatest = np.uint32(negative), np.int32(positive)
    return least.view(np.float32), greatest.view(np.float32)


@compiled
def quantize_into(vector: NDArray[Any], codes: NDArray[Any]) -> tuple[Any, Any, Any]:
    """Write the codes of a contiguous vector; scale, zero point and ACCEPTED or the reason of no codes come back."""
    lo, hi = _range_with_zero(vector)
    if not (np.isfinite(lo) and np.isfinite(hi)):
        return np.float32(1), np.int32(0), NOT_FINITE
    if np.float64(hi) - np.float64(lo) > _GREATEST:
        return np.float32(1), np.int32(0), BEYOND_FLOAT32
    scale = np.float32(np.divide(hi - lo, _STEPS))
    if scale < _LEAST_SCALE:
        scale = np.float32(1)
    zero_point = np.rint(np.divide(-lo, scale))
    for k in range(vector.size):
        code = np.rint(np.divide(vector[k], scale)) + zero_point
        codes[k] = np.uint8(max(np.float32(0), min(code, _STEPS)))
    return scale, np.int32(zero_point), ACCEPTED
