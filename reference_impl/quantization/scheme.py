"""How a real range is laid on a grid: affine (with a zero point) or symmetric (zero point 0)."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.quantization.grid import Grid
from reference_impl.reals import DIVISIBLE, Integers, Reals, integer_array, squarable_reals


class ArrayQParams(NamedTuple):
    """Parameters of many groups at once, in arrays of one shape; real = scale * (code - zero_point)."""

    scale: Reals  #: > 0
    zero_point: Integers  #: on the grid

    def checked(self, grid: Grid, blocked: tuple[int, ...]) -> "ArrayQParams":
        """The same as float64 and int64, if they suit codes of the grid, laid out in blocks of that shape.

        WrongDtype, NotFinite: no numbers; OutOfRange: a scale that is not positive, a zero point off the grid, or shapes
        that do not broadcast to the blocks'.
        """
        scale, zero_point = (
            squarable_reals(self.scale, "scales"),
            integer_array(self.zero_point, "zero points"),
        )
        if (scale < DIVISIBLE).any():
            raise OutOfRange(f"scales must be positive ({DIVISIBLE} at least)")
        if ((zero_point < grid.lo) | (zero_point > grid.hi)).any():
            raise OutOfRange(f"zero points must be codes, {grid.lo} ... {grid.hi}")
        try:
            fitting = np.broadcast_shapes(scale.shape, zero_point.shape, blocked) == blocked
        except ValueError:
            fitting = False
        if not fitting:
            raise OutOfRange(
                f"scales {scale.shape} and zero points {zero_point.shape} do not fit blocks of shape {blocked}"
            )
        return ArrayQParams(scale, zero_point)


@dataclass(frozen=True)
class Scheme:
    """OutOfRange: symmetric on a grid that does not mirror itself about zero and does not begin there."""

    grid: Grid
    symmetric: bool

    def __post_init__(self) -> None:
        lo, hi = self.grid.lo, self.grid.hi
        if self.symmetric and (hi == 0 or lo not in (0, -hi, -hi - 1)):
            raise OutOfRange(f"codes {lo} ... {hi} are not symmetric")

    @classmethod
    def affine(cls, bits: int = 8, *, signed: bool = False) -> "Scheme":
        return cls(Grid.signed(bits) if signed else Grid.unsigned(bits), symmetric=False)

    @classmethod
    def symmetric_signed(cls, bits: int = 8) -> "Scheme":
        return cls(Grid.signed(bits), symmetric=True)

    @classmethod
    def symmetric_restricted(cls, bits: int = 8) -> "Scheme":
        return cls(Grid.restricted(bits), symmetric=True)

    @classmethod
    def symmetric_unsigned(cls, bits: int = 8) -> "Scheme":
        """For data of one sign, as after a ReLU."""
        return cls(Grid.unsigned(bits), symmetric=True)

    def qparams(self, lo: npt.ArrayLike, hi: npt.ArrayLike) -> ArrayQParams:
        """Parameters in float64 for values in lo ... hi (any one shape); every range is widened to hold zero.

        Affine: scale = (hi - lo) / steps; zero point = grid.lo - rint(lo / scale), as in torch, so that a signed grid is
        the unsigned one moved down, also at ties.
        Symmetric: zero point 0; scale = max(|lo|, |hi|) / grid.hi on a signed grid, hi / grid.hi on an unsigned one.
        On the full signed grid the literature has two: this one, where the greatest magnitude has an exact code and
        the lowest code stays unused, and max / (steps / 2), that of torch's observers, which clips the positive end
        by half a step.
        A range that is only zero, or whose step would be below 2^-480, gets scale 1 (torch's observers: their eps).
        NotFinite: a bound that is not finite; WrongDtype: no numbers; OutOfRange: lo > hi, bounds of shapes that do not
        fit or beyond 2^480, or negative values on a symmetric unsigned grid.
        """
        low, high = squarable_reals(lo, "bounds"), squarable_reals(hi, "bounds")
        if low.shape != high.shape:
            raise OutOfRange(f"lower bounds {low.shape} and upper bounds {high.shape} need one shape")
        if (low > high).any():
            raise OutOfRange("a range needs lo <= hi")
        low, high = np.minimum(low, 0.0), np.maximum(high, 0.0)
        if self.symmetric:
            return self._symmetric(low, high)
        scale = _positive((high - low) / self.grid.steps)
        zero_point = np.clip(self.grid.lo - np.rint(low / scale), self.grid.lo, self.grid.hi)
        return ArrayQParams(scale, zero_point.astype(np.int64))

    def _symmetric(self, low: Reals, high: Reals) -> ArrayQParams:
        if self.grid.lo == 0 and (low < 0).any():
            raise OutOfRange(
                "negative values have no code on a symmetric unsigned grid; use a signed one or affine"
            )
        scale = _positive(np.maximum(-low, high) / self.grid.hi)
        return ArrayQParams(scale, np.zeros(scale.shape, dtype=np.int64))


def _positive(scale: Reals) -> Reals:
    return np.where(scale < DIVISIBLE, 1.0, scale)
