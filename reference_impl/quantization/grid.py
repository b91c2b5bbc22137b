"""Integer grids: which codes a number of bits offers.

Nagel et al. 2021, "A White Paper on Neural Network Quantization", arXiv:2106.08295, section 2.2. Here `lo` and `hi`
are always codes, never real-valued range limits (which that paper calls q_min and q_max).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from reference_impl.errors import OutOfRange
from reference_impl.reals import whole_number

MAX_BITS = 16


@dataclass(frozen=True)
class Grid:
    """Codes lo ... hi, both included. OutOfRange: fewer than two codes, no zero among them, or beyond 16 bits.

    WrongDtype: a bound that is no integer.
    """

    lo: int
    hi: int

    def __post_init__(self) -> None:
        for name in ("lo", "hi"):  # as integers of Python, which do not wrap
            code = whole_number(getattr(self, name), -(2**MAX_BITS), 2**MAX_BITS, f"the code {name}")
            object.__setattr__(self, name, code)
        if not -(2 ** (MAX_BITS - 1)) <= self.lo <= 0 <= self.hi < 2**MAX_BITS or self.lo == self.hi:
            raise OutOfRange(
                f"codes {self.lo} ... {self.hi}: at least two, zero among them, {MAX_BITS} bits at most"
            )
        if self.lo < 0 and self.hi >= 2 ** (MAX_BITS - 1):
            raise OutOfRange(f"codes {self.lo} ... {self.hi} do not fit {MAX_BITS} signed bits")

    @classmethod
    def signed(cls, bits: int) -> "Grid":
        """Two's complement: -2^(b-1) ... 2^(b-1) - 1."""
        bits = whole_number(bits, 2, MAX_BITS, "bits of this grid")
        return cls(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)

    @classmethod
    def restricted(cls, bits: int) -> "Grid":
        """Signed without the lowest code, so that the grid mirrors itself: -127 ... 127 for 8 bits."""
        bits = whole_number(bits, 2, MAX_BITS, "bits of this grid")
        return cls(-(2 ** (bits - 1)) + 1, 2 ** (bits - 1) - 1)

    @classmethod
    def unsigned(cls, bits: int) -> "Grid":
        """0 ... 2^b - 1."""
        bits = whole_number(bits, 1, MAX_BITS, "bits of this grid")
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
