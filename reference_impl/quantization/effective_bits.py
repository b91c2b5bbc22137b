"""Bits that a tensor of codes is worth, as against bits that it is stored in.

So many levels are worth log2 of their number at most (`entropy_coding.entropy.effective_bits`: three levels, 1.585);
codes that are not equally frequent are worth their entropy (Shannon 1948), which no lossless code of single symbols
undercuts. What a code takes when it is stored by itself is `costs.index_bits`.
"""

import numpy as np
import numpy.typing as npt

from reference_impl.entropy_coding.entropy import effective_bits, entropy
from reference_impl.errors import EmptyInput
from reference_impl.reals import any_array, integer_array


def used_level_bits(codes: npt.ArrayLike) -> float:
    """log2 of the number of distinct codes that occur, of any shape. EmptyInput, WrongDtype."""
    return effective_bits(_counts(codes).size)


def entropy_bits(codes: npt.ArrayLike) -> float:
    """Mean information of one code, from how often each occurs: sum p log2(1 / p). EmptyInput, WrongDtype."""
    return entropy(_counts(codes).tolist())


def _counts(codes: npt.ArrayLike) -> npt.NDArray[np.int64]:
    given = any_array(codes, "codes")
    if given.size == 0:
        raise EmptyInput("there are no codes")
    return np.unique(integer_array(given), return_counts=True)[1]
