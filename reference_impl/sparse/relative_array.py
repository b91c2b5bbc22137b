"""A whole tensor as relative indices, in arrays: what relative_index.py defines entry by entry."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import CorruptData
from reference_impl.reals import Reals, real_array
from reference_impl.sparse.relative_index import GapField


@dataclass(frozen=True)
class RelativeArray:
    codes: NDArray[np.int64]  #: what the gap fields hold, by `field`
    values: Reals  #: as many; zero at the fillers
    shape: tuple[int, ...]
    gap_bits: int
    field: GapField = GapField.MINUS_ONE

    def size_bits(self, value_bits: int) -> int:
        """A gap and a value for each entry, fillers included; shape and codebook are not counted."""
        return self.codes.size * (self.gap_bits + value_bits)


def to_relative(dense: ArrayLike, *, gap_bits: int, field: GapField = GapField.MINUS_ONE) -> RelativeArray:
    """Positions run row-major over the whole tensor, not row by row. Zeros after the last non-zero cost nothing."""
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
    """The dense tensor. CorruptData: a field that holds no gap, or a position beyond the shape."""
    gaps = array.codes + array.field.value
    if gaps.size and int(gaps.min()) < 1:
        raise CorruptData("a field holds a gap of zero, which no position has")
    places = np.cumsum(gaps) - 1
    flat = np.zeros(int(np.prod(array.shape)))
    if places.size and int(places[-1]) >= flat.size:
        raise CorruptData(f"the gaps lead to position {int(places[-1]) + 1} of {flat.size}")
    flat[places] = array.values
    return flat.reshape(array.shape)
