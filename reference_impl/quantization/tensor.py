"""A tensor of codes with what is needed to read them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.quantization.granularity import Granularity, PerTensor
from reference_impl.quantization.scheme import ArrayQParams, Scheme
from reference_impl.reals import Reals, float32_array, integer_array, some_squarable_reals, squarable_reals


@dataclass(frozen=True, eq=False)
class QuantizedTensor:
    codes: npt.NDArray[np.integer[Any]]  #: in the smallest type of the grid
    qparams: ArrayQParams  #: broadcast against granularity.blocked(codes.shape)
    scheme: Scheme
    granularity: Granularity

    def __post_init__(self) -> None:
        """WrongDtype, OutOfRange: codes that are no integers or not on the grid, or parameters that do not fit them."""
        codes, grid = integer_array(self.codes), self.scheme.grid
        if ((codes < grid.lo) | (codes > grid.hi)).any():
            raise OutOfRange(f"there are codes outside {grid.lo} ... {grid.hi}")
        self.qparams.checked(grid, self.granularity.blocked(codes.shape))

    def real(self) -> Reals:
        """scale * (code - zero_point) in float64, of the codes' shape."""
        codes = integer_array(self.codes)
        blocks = codes.reshape(self.granularity.blocked(codes.shape))
        scale, zero_point = self.qparams.checked(self.scheme.grid, blocks.shape)
        return np.reshape((blocks - zero_point) * scale, codes.shape)

    def dequantize(self) -> npt.NDArray[np.float32]:
        """`real`, rounded once to float32. OutOfRange: a value beyond float32."""
        return float32_array(self.real())


def min_max_qparams(values: npt.ArrayLike, scheme: Scheme, granularity: Granularity) -> ArrayQParams:
    """Parameters whose range just holds each group (and zero); `shared` axes have length 1.

    EmptyInput, NotFinite, WrongDtype: of the values. OutOfRange: a granularity that does not fit their shape, a magnitude
    above 2^480, or negative values on a symmetric unsigned grid.
    """
    blocks, shared = _blocks(some_squarable_reals(values), granularity)
    return scheme.qparams(blocks.min(axis=shared, keepdims=True), blocks.max(axis=shared, keepdims=True))


def quantize_with(
    values: npt.ArrayLike, qparams: ArrayQParams, scheme: Scheme, granularity: Granularity
) -> QuantizedTensor:
    """Codes for given parameters: rint(x / scale) + zero_point (ties to even, before the zero point), clamped.

    The clamp comes before the cast to the small type; the other order wraps. No values give no codes.
    NotFinite, WrongDtype: of the values or the parameters; an infinity too, which `quantize` clamps: in a tensor of a
    network it is overflow, and clamping would hide it. OutOfRange: parameters or a granularity that do not fit, or a
    magnitude above 2^480.
    """
    reals = squarable_reals(values)
    blocks, _ = _blocks(reals, granularity)
    scale, zero_point = qparams.checked(scheme.grid, blocks.shape)
    steps = np.rint(blocks / scale) + zero_point
    codes = np.clip(steps, scheme.grid.lo, scheme.grid.hi).astype(scheme.grid.dtype)
    return QuantizedTensor(codes.reshape(reals.shape), ArrayQParams(scale, zero_point), scheme, granularity)


def quantize_tensor(
    values: npt.ArrayLike, scheme: Scheme, granularity: Granularity | None = None
) -> QuantizedTensor:
    """Codes over the range of the values themselves, per tensor unless said otherwise. Errors as `min_max_qparams`."""
    chosen = granularity or PerTensor()
    return quantize_with(values, min_max_qparams(values, scheme, chosen), scheme, chosen)


def _blocks(reals: Reals, granularity: Granularity) -> tuple[Reals, tuple[int, ...]]:
    return reals.reshape(granularity.blocked(reals.shape)), granularity.shared(reals.shape)
