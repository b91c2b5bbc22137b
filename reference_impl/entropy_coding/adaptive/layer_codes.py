"""A pruned layer with shared values, as whole numbers."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.entropy_coding.adaptive.tables import Integers
from reference_impl.errors import OutOfRange
from reference_impl.reals import integer_array, whole_number, whole_numbers

MOST_LEVELS = 255  #: on each side of zero
LARGEST = 2**23  #: magnitudes of shared values and biases lie below
WIDEST = 2**20  #: rows, and columns


@dataclass(frozen=True)
class Geometry:
    """A convolution's kernel has height and width; a layer after one has those of the image it reads; others 1 and 1.

    784 pixels are Geometry(outputs, 1, 28, 28), 300 units Geometry(outputs, 300).
    """

    outputs: int
    channels: int
    height: int = 1
    width: int = 1

    def __post_init__(self) -> None:
        for name in ("outputs", "channels", "height", "width"):
            whole_number(getattr(self, name), 1, WIDEST, f"the geometry's {name}")
        whole_number(self.columns, 1, WIDEST, "channels times height times width")

    @property
    def columns(self) -> int:
        return self.channels * self.height * self.width


@dataclass(frozen=True, eq=False)
class LayerCodes:
    """codes: (outputs, columns), 0 = pruned, else 1 + the index into the codebook. biases: (outputs,).

    codebook: ascending whole numbers other than zero. The scales are bytes, free for the caller to give them a meaning, such
    as that of grids.py. Raises OutOfRange, WrongDtype.
    """

    geometry: Geometry
    codes: Integers
    codebook: tuple[int, ...]
    biases: Integers
    codebook_scale: int = 0
    bias_scale: int = 0

    def __post_init__(self) -> None:
        outputs, columns = self.geometry.outputs, self.geometry.columns
        object.__setattr__(self, "codes", _shaped(self.codes, (outputs, columns), "codes"))
        object.__setattr__(self, "biases", _shaped(self.biases, (outputs,), "biases"))
        book = whole_numbers(self.codebook, 1 - LARGEST, LARGEST - 1, "a shared value")
        if 0 in book or any(after <= before for before, after in pairwise(book)):
            raise OutOfRange("the codebook must ascend, and leave out zero, which is the code 0")
        if max(self.negatives, len(book) - self.negatives) > MOST_LEVELS:
            raise OutOfRange(f"a codebook has at most {MOST_LEVELS} values on each side of zero")
        if self.codes.min() < 0 or self.codes.max() > len(book):
            raise OutOfRange(f"codes lie in 0 ... {len(book)}, the size of the codebook")
        if np.abs(self.biases).max() >= LARGEST:
            raise OutOfRange(f"biases have magnitudes below {LARGEST}")
        for scale in (self.codebook_scale, self.bias_scale):
            whole_number(scale, 0, 255, "a scale")

    @property
    def negatives(self) -> int:
        return sum(value < 0 for value in self.codebook)


def _shaped(values: ArrayLike, shape: tuple[int, ...], what: str) -> Integers:
    array = integer_array(values, what)
    if array.shape != shape:
        raise OutOfRange(f"{what} of shape {array.shape} do not fit the geometry, which has {shape}")
    return array
