"""Integer grids: which codes a number of bits offers.

Nagel et al. 2021, "A White Paper on Neural Network Quantization", arXiv:2106.08295, section 2.2. Here `lo` and `hi`
are always codes, never real-valued range limits (which that paper calls q_min and q_max).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from reference_impl.errors import OutOfRange

MAX_BITS = 16


@dataclass(frozen=True)
class Grid:
    """Codes lo ... hi, both included. OutOfRange: fewer than two codes, no zero among them, or beyond 16 bits."""

    lo: int
    hi: int

    def __post_init__(self) -> None:
        if not -(2 ** (MAX_BITS - 1)) <= self.lo <= 0 <= self.hi < 2**MAX_BITS or self.lo == self.hi:
            raise OutOfRange(
                f"codes {self.lo} ... {self.hi}: at least two, zero among them, {MAX_BITS} bits at most"
            )
        if self.lo < 0 and self.hi >= 2 ** (MAX_BITS - 1):
            raise OutOfRange(f"codes {self.lo} ... {self.hi} do not fit {MAX_BITS} signed bits")

    @classmethod
    def signed(cls, bits: int) -> "Grid":
        """Two's complement: -2^(b-1) ... 2^(b-1) - 1."""
        _refuse_bits(bits, least=2)
        return cls(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)

    @classmethod
    def restricted(cls, bits: int) -> "Grid":
        """Signed without the lowest code, so that the grid mirrors itself: -127 ... 127 for 8 bits."""
        _refuse_bits(bits, least=2)
        return cls(-(2 ** (bits - 1)) + 1, 2 ** (bits - 1) - 1)

    @classmethod
    def unsigned(cls, bits: int) -> "Grid":
        """0 ... 2^b - 1."""
        _refuse_bits(bits, least=1)
        return cls(0, 2**bits - 1)

    @property
    def steps(self) -> int:
        """Steps between the first and the last code: one fewer than there are codes."""
        return self.hi - self.lo

    @property
    def dtype(self) -> np.dtype[Any]:
        """The smallest integer type that holds every code."""
        if self.lo < 0:
            return np.dtype(np.int8 if self.lo >= -128 and self.hi <= 127 else np.int16)
        return np.dtype(np.uint8 if self.hi <= 255 else np.uint16)


def _refuse_bits(bits: int, *, least: int) -> None:
    if not least <= bits <= MAX_BITS:
        raise OutOfRange(f"bits must be in {least} ... {MAX_BITS} for this grid, not {bits}")
