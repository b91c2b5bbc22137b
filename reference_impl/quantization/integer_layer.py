"""What a linear layer and a convolution on codes have in common."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reference_impl.errors import OutOfRange
from reference_impl.reals import (
    DIVISIBLE,
    Integers,
    RealNumber,
    WholeNumber,
    integer_array,
    refuse_unless_positive,
    squarable_reals,
    whole_number,
)

Accumulators = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Codes:
    """Codes of at most 16 bits and the code that stands for zero; real = scale * (code - zero_point).

    WrongDtype: no integers; OutOfRange: codes or a zero point beyond -2^15 ... 2^16 - 1.
    """

    values: Integers
    zero_point: int

    @classmethod
    def of(cls, values: npt.ArrayLike, zero_point: WholeNumber) -> "Codes":
        codes = integer_array(values)
        if codes.size and (codes.min() < -(2**15) or codes.max() >= 2**16):
            raise OutOfRange("codes have 16 bits at most")
        return cls(codes, whole_number(zero_point, -(2**15), 2**16 - 1, "a zero point of 16 bits"))


def bias_codes(bias: npt.ArrayLike, input_scale: RealNumber, weight_scale: npt.ArrayLike) -> Accumulators:
    """int32 codes of a bias at scale input_scale * weight_scale, zero point 0, so that it adds to the accumulator.

    Jacob et al. 2018, arXiv:1712.05877, section 2.4. bias (out,); weight_scale: one, or one for each
    output channel. NotFinite, WrongDtype: of the numbers; OutOfRange: a scale that is not positive, another number of
    scales than of biases, or a code beyond int32.
    """
    refuse_unless_positive(input_scale, "the scale of the inputs")
    biases, scale = squarable_reals(bias, "biases"), squarable_reals(weight_scale, "scales") * input_scale
    if (scale < DIVISIBLE).any():
        raise OutOfRange("scales must be positive")
    if scale.shape not in ((), biases.shape):
        raise OutOfRange(f"scales {scale.shape} do not fit biases {biases.shape}")
    return as_int32(np.rint(biases / scale), "a bias")


def as_int32(values: npt.NDArray[np.float64] | Integers, what: str = "an accumulator") -> Accumulators:
    """OutOfRange: one does not fit. (Sums that pass beyond on the way but end inside are right in int32 as well.)"""
    limits = np.iinfo(np.int32)
    if ((values < limits.min) | (values > limits.max)).any():
        raise OutOfRange(f"{what} does not fit int32, and would wrap")
    return values.astype(np.int32)


def bias_for(channels: int, bias: npt.ArrayLike | None) -> Integers:
    """The bias codes, int32, one for each output channel; zeros if there is none. WrongDtype, OutOfRange."""
    if bias is None:
        return np.zeros(channels, dtype=np.int64)
    codes = integer_array(bias, "bias codes")
    if codes.shape != (channels,):
        raise OutOfRange(f"{channels} output channels need as many bias codes, not shape {codes.shape}")
    return as_int32(codes, "a bias code").astype(np.int64)
