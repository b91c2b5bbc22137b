"""How the columns of a layer's matrix lie: channel by channel, each an image row by row."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference_impl.entropy_coding.adaptive.jit import jitable
from reference_impl.entropy_coding.adaptive.tables import Integers


class Layout(NamedTuple):
    """A convolution has its kernel's height and width, a layer of single inputs 1 and 1."""

    channels: int
    height: int
    width: int


class Matrix(NamedTuple):
    """codes: int64 (rows, columns), 0 where pruned, else 1 + the index of the shared value.

    fan_in: int64 (channels,), the number of weights kept in the row that makes each channel. negatives: how many of
    the `levels` shared values, which ascend, lie below zero.
    """

    codes: NDArray[np.int64]
    layout: Layout
    fan_in: Integers
    levels: int
    negatives: int


@jitable
def neighbour(matrix: Matrix, row: int, column: int, down: int, right: int) -> int:
    """The code so many pixels further in the same channel of the same row; 0 outside."""
    height, width = matrix.layout.height, matrix.layout.width
    y, x = column // width % height + down, column % width + right
    if y < 0 or y >= height or x < 0 or x >= width:
        return 0
    return int(matrix.codes[row, column + down * width + right])


@jitable
def kept(code: int) -> int:
    return 1 if code else 0


@jitable
def sign(matrix: Matrix, code: int) -> int:
    """-1, 0 where pruned, 1."""
    if code == 0:
        return 0
    return 1 if code > matrix.negatives else -1


@jitable
def rank(matrix: Matrix, code: int) -> int:
    """0 where pruned, 1 for the shared value nearest to zero on its side, and so on."""
    if code == 0:
        return 0
    return code - matrix.negatives if code > matrix.negatives else matrix.negatives + 1 - code


@jitable
def coarse(count: int) -> int:
    """0 ... 7: exact up to 2, then by doublings."""
    grade = min(count, 3)
    bound = 4
    while count > bound and grade < 7:
        grade += 1
        bound *= 2
    return grade
