"""Numbers on grids whose step is a power of 2^(1/8), so that one byte holds the step.

Step of scale s: 2^(s/8 - 28), from 2^-28 to 2^3.9; no number moves by more than half a step.
"""

from math import ldexp

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.entropy_coding.adaptive.tables import Integers
from reference_impl.errors import OutOfRange
from reference_impl.reals import float32_array, integer_array, real_array, whole_number

SCALES = 256
#: 2^(k/8), written out so that no library's power function has a say
ROOTS = (
    1.0,
    1.0905077326652577,
    1.189207115002721,
    1.2968395546510096,
    1.4142135623730951,
    1.5422108254079407,
    1.681792830507429,
    1.8340080864093424,
)


def step(scale: int) -> float:
    """Raises OutOfRange outside 0 ... 255."""
    scale = whole_number(scale, 0, SCALES - 1, "the scale of a grid")
    return ldexp(ROOTS[scale % 8], scale // 8 - 28)


def to_grid(values: ArrayLike, bits: int) -> tuple[Integers, int]:
    """The nearest points as whole numbers of magnitude below 2^(bits - 1), and the least scale that allows it.

    bits: 2 ... 16. Raises OutOfRange where even the widest grid is too narrow, NotFinite.
    """
    reals = real_array(values, "values for a grid")
    most = 2 ** (whole_number(bits, 2, 16, "the bits of a grid") - 1) - 1
    largest = float(np.abs(reals).max(initial=0.0))
    for scale in range(SCALES):
        if round(largest / step(scale)) <= most:
            return np.rint(reals / step(scale)).astype(np.int64), scale
    raise OutOfRange(f"a magnitude of {largest:g} is beyond the widest grid of {bits} bits")


def from_grid(points: ArrayLike, scale: int) -> NDArray[np.float32]:
    """points: integers."""
    return float32_array(
        np.asarray(integer_array(points, "points of a grid") * step(scale), np.float64), "points of a grid"
    )
