"""A whole tensor as relative indices, in arrays: what relative_index.py defines entry by entry."""

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import CorruptData
from reference_impl.reals import Reals, integer_array, real_array, whole_number
from reference_impl.sparse.relative_index import GapField

MOST_ENTRIES = 2**32  #: of a dense tensor, so that a damaged shape does not fill the memory


@dataclass(frozen=True)
class RelativeArray:
    codes: NDArray[np.int64]  #: what the gap fields hold, by `field`
    values: Reals  #: as many; zero at the fillers
    shape: tuple[int, ...]
    gap_bits: int
    field: GapField = GapField.MINUS_ONE

    def size_bits(self, value_bits: int) -> int:
        """A gap and a value for each entry, fillers included; shape and codebook are not counted.

        Packed by bits.py, each of the two rows fills up its last byte. OutOfRange: value_bits below 0.
        """
        return self.codes.size * (self.gap_bits + whole_number(value_bits, 0, np.inf, "bits of a value"))


def to_relative(dense: ArrayLike, *, gap_bits: int, field: GapField = GapField.MINUS_ONE) -> RelativeArray:
    """Positions run row-major over the whole tensor, not row by row. Zeros after the last non-zero cost nothing.

    NotFinite, WrongDtype. OutOfRange: gap_bits outside 1 ... 32.
    """
    tensor, longest = real_array(dense, "tensor"), field.longest(gap_bits)
    flat = tensor.ravel()
    places = np.flatnonzero(flat)
    gaps = np.diff(places, prepend=-1)
    fillers = (gaps - 1) // longest
    ends = np.cumsum(fillers + 1) - 1  # where each real entry comes to stand behind its fillers
    stored_gaps = np.full(int((fillers + 1).sum()), longest, dtype=np.int64)
    stored_gaps[ends] = gaps - fillers * longest
    values = np.zeros(stored_gaps.size)
    values[ends] = flat[places]
    return RelativeArray(stored_gaps - field.value, values, tensor.shape, gap_bits, field)


def from_relative(array: RelativeArray) -> Reals:
    """The dense tensor.

    CorruptData: a field that holds no gap or more than its bits do, a position beyond the shape, another number of gaps
    than of values, a shape of less than nothing or of more than 2^32 entries. NotFinite, WrongDtype.
    """
    values, size = real_array(array.values, "values"), prod(array.shape)
    if min(array.shape, default=0) < 0 or size > MOST_ENTRIES:
        raise CorruptData(f"no tensor has the shape {array.shape}, or it is too large")
    gaps = _checked_gaps(array)
    if values.shape != gaps.shape:
        raise CorruptData(f"{gaps.size} gaps cannot place {values.size} values")
    places = np.cumsum(gaps) - 1
    if places.size and int(places[-1]) >= size:
        raise CorruptData(f"the gaps lead to position {int(places[-1]) + 1} of {size}")
    flat = np.zeros(size)
    flat[places] = values
    return flat.reshape(array.shape)


def _checked_gaps(array: RelativeArray) -> NDArray[np.int64]:
    codes, most = integer_array(array.codes, "codes"), array.field.longest(array.gap_bits)
    if codes.size and int(codes.min()) + array.field.value < 1:
        raise CorruptData("a field holds a gap of zero, which no position has")
    if codes.size and int(codes.max()) + array.field.value > most:
        raise CorruptData(f"a gap is longer than {most}, the longest that {array.gap_bits} bits hold")
    return codes + array.field.value
