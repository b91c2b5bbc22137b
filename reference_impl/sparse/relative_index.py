"""Positions of non-zeros as gaps in fields of few bits, with filler zeros where a gap does not fit.

Positions count from 1, so that the first gap is the first position. What a field of b bits means is written in two
ways; `GapField` names them, and the first is used where nothing is said:

    MINUS_ONE   the field holds the gap minus 1: gaps of 1 ... 2^b       (figure 2 of arXiv:1510.00149)
    PLAIN       the field holds the gap itself: gaps of 1 ... 2^b - 1, and the code 0 is never written
"""

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from math import inf

from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.reals import real_array, whole_number, whole_numbers

MOST_ENTRIES = 2**28  #: of one encoding, so that a far position does not fill the memory with fillers


class GapField(Enum):
    MINUS_ONE = 1
    PLAIN = 0

    def longest(self, gap_bits: int) -> int:
        """The longest gap that fits. OutOfRange: bits outside 1 ... 32."""
        return 2 ** whole_number(gap_bits, 1, 32, "bits of a gap") - 1 + self.value

    def codes(self, gaps: Sequence[int]) -> list[int]:
        """What is written into the fields."""
        return [gap - self.value for gap in gaps]

    def gaps(self, codes: Sequence[int]) -> list[int]:
        """CorruptData: a field that stands for no gap."""
        if any(code + self.value < 1 for code in codes):
            raise CorruptData("a field holds a gap of zero, which no position has")
        return [code + self.value for code in codes]


def encode(
    positions: Sequence[int],
    values: Sequence[float],
    *,
    gap_bits: int,
    field: GapField = GapField.MINUS_ONE,
) -> tuple[list[int], list[float]]:
    """Gaps and values of all stored entries; a filler has the value 0 and the largest gap.

    positions: increasing, the first at least 1. OutOfRange: where they are not, or where a value is zero, which would
    be taken for a filler, not one value for each position, or above 2^28 entries. WrongDtype, NotFinite.
    """
    positions, longest = _checked_positions(positions), field.longest(gap_bits)
    entries = len(positions) + filler_count(positions, gap_bits=gap_bits, field=field)
    if real_array(values, "values").shape != (len(positions),) or entries > MOST_ENTRIES:
        raise OutOfRange(
            f"{len(positions)} positions need as many values, and at most 2^28 entries with the fillers"
        )
    gaps: list[int] = []
    stored: list[float] = []
    at = 0
    for position, value in zip(positions, values, strict=True):
        if value == 0:
            raise OutOfRange(f"the value at {position} is zero: only fillers are")
        fillers = (position - at - 1) // longest
        gaps += [longest] * fillers + [position - at - fillers * longest]
        stored += [0.0] * fillers + [value]
        at = position
    return gaps, stored


def decode(gaps: Sequence[int], stored: Sequence[float]) -> tuple[list[int], list[float]]:
    """Positions and values of the entries that are not zero.

    CorruptData: a gap below 1, another number of gaps than of values. WrongDtype, NotFinite.
    """
    gaps = whole_numbers(gaps, -inf, inf, "a gap")
    if real_array(stored, "values").shape != (len(gaps),):
        raise CorruptData(f"{len(gaps)} gaps cannot place these values")
    positions: list[int] = []
    values: list[float] = []
    at = 0
    for gap, value in zip(gaps, stored, strict=True):
        if gap < 1:
            raise CorruptData(f"a gap of {gap}: positions increase")
        at += gap
        if value != 0:
            positions.append(at)
            values.append(value)
    return positions, values


def filler_count(positions: Sequence[int], *, gap_bits: int, field: GapField = GapField.MINUS_ONE) -> int:
    """How many zeros are stored because a gap does not fit its field: floor((gap - 1) / longest) for each gap.

    positions: as of encode; OutOfRange, WrongDtype.
    """
    longest = field.longest(gap_bits)
    count = at = 0
    for position in _checked_positions(positions):
        count += (position - at - 1) // longest
        at = position
    return count


def _checked_positions(positions: Sequence[int]) -> list[int]:
    numbers = whole_numbers(positions, 1, inf, "a position")
    for before, after in pairwise(numbers):
        if after <= before:
            raise OutOfRange(f"positions must increase from 1 on, but {after} follows {before}")
    return numbers
