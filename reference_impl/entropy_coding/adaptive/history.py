"""What the rows coded so far tell of each column."""

from typing import NamedTuple

import numpy as np

from reference_impl.entropy_coding.adaptive.jit import jitable
from reference_impl.entropy_coding.adaptive.layout import Layout, Matrix, rank, sign
from reference_impl.entropy_coding.adaptive.tables import Integers


class History(NamedTuple):
    """Weights kept so far by column, by channel and by pixel; balance of signs and last rank by column.

    `votes`, by row, is for the row being coded: how far each earlier one agreed with it in sign.
    """

    by_column: Integers
    by_channel: Integers
    by_pixel: Integers
    balance: Integers
    last_rank: Integers
    votes: Integers


def no_history(rows: int, layout: Layout) -> History:
    pixels = layout.height * layout.width
    columns = layout.channels * pixels
    sizes = (columns, layout.channels, pixels, columns, columns, rows)
    return History(*(np.zeros(size, np.int64) for size in sizes))


@jitable
def remember_row(history: History, matrix: Matrix, row: int) -> None:
    pixels = history.by_pixel.size
    for column in range(history.by_column.size):
        code = matrix.codes[row, column]
        if code:
            history.by_column[column] += 1
            history.by_channel[column // pixels] += 1
            history.by_pixel[column % pixels] += 1
            history.balance[column] += sign(matrix, code)
            history.last_rank[column] = rank(matrix, code)


@jitable
def poll(history: History, matrix: Matrix, row: int, column: int) -> int:
    """Sum over the earlier rows of their sign in this column times their agreement with this row so far."""
    total = 0
    for earlier in range(row):
        total += history.votes[earlier] * sign(matrix, matrix.codes[earlier, column])
    return total


@jitable
def count_votes(history: History, matrix: Matrix, row: int, column: int) -> None:
    own = sign(matrix, matrix.codes[row, column])
    for earlier in range(row):
        history.votes[earlier] += own * sign(matrix, matrix.codes[earlier, column])


@jitable
def propensities(history: History, matrix: Matrix, out: Integers) -> int:
    """How likely each column is to be kept, up to a factor; returns their sum. All are positive."""
    channels, height, width = matrix.layout.channels, matrix.layout.height, matrix.layout.width
    pixels = height * width
    total = 0
    for column in range(out.size):
        channel, pixel = column // pixels, column % pixels
        y, x = pixel // width, pixel % width
        share = 32 * history.by_column[column] + 16 * _centrality(y, x, height, width)
        if pixels == 1:
            share += 2 * min(matrix.fan_in[channel], 64)
        else:
            share += _around(history.by_column, column, y, x, height, width)
            if channels > 1:
                share += (
                    256 * history.by_channel[channel] // pixels + 16 * history.by_pixel[pixel] // channels
                )
        out[column] = share
        total += share
    return total


@jitable
def _centrality(y: int, x: int, height: int, width: int) -> int:
    """Images have their subject in the middle, so that weights are kept there; kernels are too small for it."""
    if height * width < 64:
        return 1
    down, right = 2 * y - height + 1, 2 * x - width + 1
    return max(1, 16 - (down * down + right * right) // 24)


@jitable
def _around(by_column: Integers, column: int, y: int, x: int, height: int, width: int) -> int:
    """192 times the mean over the pixels around, of which those with a common side count twice."""
    total = weights = 0
    for down in range(-1, 2):
        for right in range(-1, 2):
            inside = 0 <= y + down < height and 0 <= x + right < width
            weight = (2 if down * right == 0 else 1) if inside and (down or right) else 0
            if weight:
                total += weight * by_column[column + down * width + right]
                weights += weight
    return 192 * total // weights
