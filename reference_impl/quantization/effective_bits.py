"""Bits that a tensor of codes is worth, as against bits that it is stored in.

A number of levels n is worth log2 n bits at most (three levels: 1.585); codes that are not equally frequent are worth
their entropy (Shannon 1948), which no lossless code of single symbols undercuts.
"""

from math import log2

import numpy as np
import numpy.typing as npt

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.reals import integer_array


def level_bits(levels: int) -> float:
    """log2 of the number of levels. OutOfRange: fewer than one."""
    if levels < 1:
        raise OutOfRange(f"there is at least one level, not {levels}")
    return log2(levels)


def used_level_bits(codes: npt.ArrayLike) -> float:
    """log2 of the number of distinct codes that occur. EmptyInput, WrongDtype."""
    return level_bits(_counts(codes).size)


def entropy_bits(codes: npt.ArrayLike) -> float:
    """Mean information of one code, from how often each occurs: sum p log2(1 / p). EmptyInput, WrongDtype."""
    counts = _counts(codes)
    share = counts / counts.sum()
    return float(np.sum(share * np.log2(1 / share)))


def storage_bits(levels: int) -> int:
    """Whole bits of one code stored by itself: ceil(log2 levels)."""
    level_bits(levels)
    return (levels - 1).bit_length()


def _counts(codes: npt.ArrayLike) -> npt.NDArray[np.int64]:
    given = np.asarray(codes)
    if given.size == 0:
        raise EmptyInput("there are no codes")
    return np.unique(integer_array(given), return_counts=True)[1]
