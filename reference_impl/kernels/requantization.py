"""From 32-bit sums back to bytes, the last step of a quantized layer.

result = clamp(round(float32(sum) * multiplier) + zero_point), halves to even, computed in float32 step by step, so
that every tier gives the same byte. This is the rounding of ONNX QLinearMatMul and of torch's quantized layers;
gemmlowp and CMSIS-NN round in fixed point instead, half away from zero. Source: Jacob et al., arXiv:1712.05877, section
2.2, equation 5, with M = multiplier = input scale * weight scale / output scale.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from reference_impl.errors import OutOfRange, WrongDtype
from reference_impl.kernels.arguments import all_finite, array_of, same_length


@dataclass(frozen=True)
class Requantization:
    """How sums become bytes: one positive float32 multiplier per output channel, one zero point.

    `dtype` is int8 or uint8; `lowest` clamps further up, which is how ReLU costs nothing (lowest = zero_point).
    WrongDtype: another dtype; NotFinite, OutOfRange: a multiplier that is not positive, a zero point or range that does not
    fit the dtype.
    """

    multiplier: NDArray[np.float32]
    zero_point: int = 0
    dtype: DTypeLike = np.int8
    lowest: int | None = None

    def __post_init__(self) -> None:
        array_of(self.multiplier, "multiplier", np.float32, 1)
        all_finite(self.multiplier, "multiplier")
        if not (self.multiplier > 0).all():
            raise OutOfRange("every multiplier must be positive")
        if np.dtype(self.dtype) not in (np.dtype(np.int8), np.dtype(np.uint8)):
            raise WrongDtype(f"results are int8 or uint8, not {np.dtype(self.dtype).name}")
        least, greatest = self.range
        if not np.iinfo(self.dtype).min <= self.zero_point <= greatest or not least <= greatest:
            raise OutOfRange(
                f"zero point {self.zero_point} and range {self.range} do not fit {np.dtype(self.dtype).name}"
            )

    @cached_property
    def range(self) -> tuple[int, int]:
        limits = np.iinfo(self.dtype)
        return (int(limits.min) if self.lowest is None else max(int(limits.min), self.lowest)), int(
            limits.max
        )

    def check_channels(self, channels: int) -> None:
        same_length(self.multiplier.size, channels, "multipliers (one per output channel)")


def requantize(sums: NDArray[np.int32], how: Requantization) -> NDArray[Any]:
    """The definition: int32 (..., channels) to bytes of the same shape."""
    how.check_channels(sums.shape[-1])
    # A product beyond float32 is infinite, and clamped like any other that is too large.
    with np.errstate(over="ignore"):
        scaled = sums.astype(np.float32) * how.multiplier
    rounded = np.rint(scaled) + np.float32(how.zero_point)
    return np.clip(rounded, *how.range).astype(how.dtype)
