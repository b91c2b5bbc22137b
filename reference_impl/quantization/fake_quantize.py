"""Quantize and dequantize in one step, with a gradient to train through: the definition, in numpy.

Jacob et al. 2018, arXiv:1712.05877, section 3; the straight-through estimator is Bengio et al. 2013, arXiv:1308.3432.
The forward step is flat almost everywhere; the estimator replaces its derivative by one of two conventions, and the
literature has both. Either way it is the gradient of the real-valued output by the real-valued input: no factor of the
scale enters (a code that differentiates `quantize` alone has 1 / scale, and scale again in `dequantize`).
"""

from enum import Enum

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.quantization.granularity import Granularity, PerTensor
from reference_impl.quantization.scheme import ArrayQParams, Scheme
from reference_impl.quantization.tensor import quantize_with
from reference_impl.reals import Reals, squarable_reals


class StraightThrough(Enum):
    MASKED = "masked"  #: 1 where the rounded code is on the grid, 0 where it was clamped (torch's convention)
    PASS_THROUGH = "pass-through"  #: 1 everywhere, so that clamped values still learn


def fake_quantize(
    values: npt.ArrayLike, qparams: ArrayQParams, scheme: Scheme, granularity: Granularity | None = None
) -> Reals:
    """Each value's round trip, same shape, in float64. NotFinite, WrongDtype, OutOfRange as `quantize_with`."""
    return quantize_with(values, qparams, scheme, granularity or PerTensor()).real()


def fake_quantize_backward(
    gradient: npt.ArrayLike,
    values: npt.ArrayLike,
    qparams: ArrayQParams,
    scheme: Scheme,
    granularity: Granularity | None = None,
    *,
    convention: StraightThrough = StraightThrough.MASKED,
) -> Reals:
    """Gradient by the values, from that by the output; both of the values' shape.

    OutOfRange: shapes differ. Otherwise errors as `quantize_with`.
    """
    given, reals = squarable_reals(gradient, "gradients"), squarable_reals(values)
    if given.shape != reals.shape:
        raise OutOfRange(
            f"a gradient of shape {given.shape} does not belong to values of shape {reals.shape}"
        )
    if convention is StraightThrough.PASS_THROUGH:
        return given.copy()
    return np.where(on_grid(reals, qparams, scheme, granularity or PerTensor()), given, 0.0)


def on_grid(
    values: npt.ArrayLike, qparams: ArrayQParams, scheme: Scheme, granularity: Granularity
) -> npt.NDArray[np.bool_]:
    """Whether each value's rounded code needs no clamp, same shape: up to half a step beyond the ends counts.

    Errors as `quantize_with`.
    """
    reals = squarable_reals(values)
    blocks = reals.reshape(granularity.blocked(reals.shape))
    scale, zero_point = qparams.checked(scheme.grid, blocks.shape)
    codes = np.rint(blocks / scale) + zero_point
    return np.reshape((scheme.grid.lo <= codes) & (codes <= scheme.grid.hi), reals.shape)
