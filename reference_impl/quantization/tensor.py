"""A tensor of codes with what is needed to read them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reference_impl.quantization.granularity import Granularity, PerTensor
from reference_impl.quantization.scheme import ArrayQParams, Scheme
from reference_impl.quantization.values import Reals, finite, some_finite


@dataclass(frozen=True, eq=False)
class QuantizedTensor:
    codes: npt.NDArray[np.integer[Any]]  #: in the smallest type of the grid
    qparams: ArrayQParams  #: broadcast against granularity.blocked(codes.shape)
    scheme: Scheme
    granularity: Granularity

    def dequantize(self) -> npt.NDArray[np.float32]:
        """scale * (code - zero_point), computed in float64 and rounded once to float32."""
        blocks = self.codes.reshape(self.granularity.blocked(self.codes.shape)).astype(np.int64)
        real = (blocks - self.qparams.zero_point) * self.qparams.scale
        return real.reshape(self.codes.shape).astype(np.float32)


def min_max_qparams(values: npt.ArrayLike, scheme: Scheme, granularity: Granularity) -> ArrayQParams:
    """Parameters whose range just holds each group. EmptyInput, NotFinite, WrongDtype, OutOfRange."""
    blocks, shared = _blocks(some_finite(values), granularity)
    return scheme.qparams(blocks.min(axis=shared, keepdims=True), blocks.max(axis=shared, keepdims=True))


def quantize_with(
    values: npt.ArrayLike, qparams: ArrayQParams, scheme: Scheme, granularity: Granularity
) -> QuantizedTensor:
    """Codes for given parameters: rint(x / scale) + zero_point (ties to even, before the zero point), clamped.

    The clamp comes before the cast to the small type; the other order wraps.
    """
    reals = finite(values)
    blocks, _ = _blocks(reals, granularity)
    with np.errstate(over="ignore"):  # a quotient too large for a float is clamped like any other
        steps = np.rint(blocks / qparams.scale) + qparams.zero_point
    codes = np.clip(steps, scheme.grid.lo, scheme.grid.hi).astype(scheme.grid.dtype)
    return QuantizedTensor(codes.reshape(reals.shape), qparams, scheme, granularity)


def quantize_tensor(
    values: npt.ArrayLike, scheme: Scheme, granularity: Granularity | None = None
) -> QuantizedTensor:
    """Codes over the range of the values themselves, per tensor unless said otherwise."""
    chosen = granularity or PerTensor()
    return quantize_with(values, min_max_qparams(values, scheme, chosen), scheme, chosen)


def _blocks(reals: Reals, granularity: Granularity) -> tuple[Reals, tuple[int, ...]]:
    return reals.reshape(granularity.blocked(reals.shape)), granularity.shared(reals.shape)
