"""From int32 accumulators to small codes: multiply by a real number below 1, by integers alone or in floats.

Jacob et al. 2018, arXiv:1712.05877, section 2.2: M = s_x s_w / s_y = 2^-n M0, M0 in [0.5, 1) as an int32
with 31 fractional bits. Roundings are those of that paper's library, and there are two, one after the other: the high
half of the doubled product to the nearest (ties up), then the right shift to the nearest (ties away from zero). A kernel
that rounds once may differ by one code at near-ties; so may the float way, which rounds ties to even.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import frexp, nextafter

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.quantization.grid import Grid
from reference_impl.reals import (
    Integers,
    Reals,
    WholeNumber,
    integer_array,
    refuse_outside,
    squarable_reals,
    whole_number,
)

INT32 = np.iinfo(np.int32)


@dataclass(frozen=True)
class FixedPointMultiplier:
    """The real number mantissa * 2^-31 * 2^-shift. OutOfRange: mantissa not in [2^30, 2^31), shift not in 0 ... 31.

    WrongDtype: one of them is no integer.
    """

    mantissa: int
    shift: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "mantissa", whole_number(self.mantissa, 2**30, 2**31 - 1, "the mantissa"))
        object.__setattr__(self, "shift", whole_number(self.shift, 0, 31, "the right shift"))

    @classmethod
    def nearest(cls, real: float) -> "FixedPointMultiplier":
        """The one nearest to a real number in [2^-32, 1): within 2^-31 of it, relatively. OutOfRange: another number."""
        refuse_outside(real, 2.0**-32, nextafter(1.0, 0.0), "a requantization multiplier")
        fraction, exponent = frexp(real)
        mantissa = round(fraction * 2**31)
        if mantissa == 2**31:  # rounded up to 1
            mantissa, exponent = (2**30, exponent + 1) if exponent < 0 else (2**31 - 1, exponent)
        return cls(mantissa, -exponent)

    @property
    def real(self) -> float:
        return self.mantissa * 2.0 ** -(31 + self.shift)

    def apply(self, accumulators: npt.ArrayLike) -> Integers:
        """Each int32 accumulator times the multiplier, rounded twice as the module says; in integers alone, same shape.

        WrongDtype: no integers; OutOfRange: beyond int32.
        """
        high = (_int32(accumulators) * self.mantissa + 2**30) >> 31
        return _shifted_right_ties_away(high, self.shift)


def requantize(
    accumulators: npt.ArrayLike, multiplier: FixedPointMultiplier, zero_point: WholeNumber, grid: Grid
) -> npt.NDArray[np.integer]:
    """Codes of the output layer, same shape, in the grid's type: multiplier.apply(accumulators) + zero_point, clamped.

    WrongDtype: no integers; OutOfRange: an accumulator beyond int32, or a zero point that is no code.
    """
    zero = whole_number(zero_point, grid.lo, grid.hi, "the zero point")
    return np.clip(multiplier.apply(accumulators) + zero, grid.lo, grid.hi).astype(grid.dtype)


def requantize_channels(
    accumulators: npt.ArrayLike,
    multipliers: Sequence[FixedPointMultiplier],
    zero_point: WholeNumber,
    grid: Grid,
    *,
    axis: int,
) -> npt.NDArray[np.integer]:
    """`requantize` with a multiplier for each channel of the axis (-1 behind a linear layer, 1 behind a convolution).

    OutOfRange: another number of multipliers than channels, or no such axis. Otherwise errors as `requantize`.
    """
    wide = _int32(accumulators)
    whole_number(
        axis, -wide.ndim, wide.ndim - 1, f"the axis of {wide.shape} accumulators for the multipliers"
    )
    if wide.shape[axis] != len(multipliers):
        raise OutOfRange(f"{len(multipliers)} multipliers do not fit axis {axis} of shape {wide.shape}")
    channels = np.moveaxis(wide, axis, 0)
    codes = np.empty(channels.shape, dtype=grid.dtype)
    for index, multiplier in enumerate(multipliers):
        codes[index] = requantize(channels[index], multiplier, zero_point, grid)
    return np.ascontiguousarray(np.moveaxis(codes, 0, axis))


def requantize_in_floats(
    accumulators: npt.ArrayLike, multiplier: npt.ArrayLike, zero_point: WholeNumber, grid: Grid
) -> npt.NDArray[np.integer]:
    """The same with a real multiplier in float64: rint(accumulator * multiplier) + zero_point, clamped.

    The multiplier is any positive number, or an array that broadcasts to the accumulators' shape (per output channel).
    NotFinite, WrongDtype: of the numbers; OutOfRange: as `requantize`, or multipliers that do not fit.
    """
    zero = whole_number(zero_point, grid.lo, grid.hi, "the zero point")
    factor: Reals = squarable_reals(multiplier, "multipliers")
    if (factor <= 0).any():
        raise OutOfRange("requantization multipliers must be positive")
    wide = _int32(accumulators)
    fitting = all(n in (1, size) for n, size in zip(factor.shape[::-1], wide.shape[::-1], strict=False))
    if factor.ndim > wide.ndim or not fitting:
        raise OutOfRange(f"multipliers {factor.shape} do not fit accumulators {wide.shape}")
    steps = np.rint(wide * factor) + zero
    return np.clip(steps, grid.lo, grid.hi).astype(grid.dtype)


def _int32(accumulators: npt.ArrayLike) -> Integers:
    wide = integer_array(accumulators, "accumulators")
    if ((wide < INT32.min) | (wide > INT32.max)).any():
        raise OutOfRange("an accumulator does not fit int32")
    return wide


def _shifted_right_ties_away(values: Integers, shift: int) -> Integers:
    half = (1 << shift) >> 1
    magnitude = (np.abs(values) + half) >> shift
    return np.asarray(np.sign(values) * magnitude, dtype=np.int64)
