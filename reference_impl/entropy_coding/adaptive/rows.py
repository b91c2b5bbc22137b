"""The matrix of a layer, row by row: how many weights each row keeps, which, and their shared values."""

import numpy as np

from reference_impl.entropy_coding.adaptive.binary_coder import DAMAGED, DECODING, BinaryCoder
from reference_impl.entropy_coding.adaptive.counters import (
    NUMBER_CONTEXTS,
    Counters,
    code_counted,
    code_number,
    code_signed,
)
from reference_impl.entropy_coding.adaptive.history import History, count_votes, propensities, remember_row
from reference_impl.entropy_coding.adaptive.jit import jitable
from reference_impl.entropy_coding.adaptive.layout import Matrix
from reference_impl.entropy_coding.adaptive.positions import Cell, Positions, code_position
from reference_impl.entropy_coding.adaptive.tables import Integers
from reference_impl.entropy_coding.adaptive.values import Values, code_value

COUNT_CONTEXTS = 1 + 2 + 2 * NUMBER_CONTEXTS


@jitable
def code_rows(
    coder: BinaryCoder,
    matrix: Matrix,
    counts: Counters,
    history: History,
    positions: Positions,
    values: Values,
) -> Integers:
    """Fills the codes while decoding. Returns the weights kept in each row, all models as `new_...` makes them.

    Time: rows x columns, and rows for each kept weight. Damaged data (see DAMAGED) leave the rest as it was.
    """
    sizes = _code_counts(coder, matrix, counts)
    shares = np.zeros(matrix.codes.shape[1], np.int64)
    for row in range(sizes.size):
        if sizes[row] and not coder.state[DAMAGED]:
            history.votes[:] = 0
            total = propensities(history, matrix, shares)
            _code_row(coder, matrix, history, positions, values, row, sizes[row], shares, total)
            remember_row(history, matrix, row)
    return sizes


@jitable
def _code_counts(coder: BinaryCoder, matrix: Matrix, of: Counters) -> Integers:
    """As differences to the row before, which are small where rows are sorted; zeros by a bit of their own."""
    rows, columns = matrix.codes.shape
    sizes = np.zeros(rows, np.int64)
    before = 0
    for row in range(rows):
        size = int(np.count_nonzero(matrix.codes[row]))
        if before:
            size = before + code_signed(coder, size - before, of, 1 + NUMBER_CONTEXTS)
        elif code_counted(coder, 1 if size else 0, of, 0):
            size = 1 + code_number(coder, size - 1, of, 1)
        else:
            size = 0
        if size < 0 or size > columns:
            coder.state[DAMAGED] = 1
            size = 0
        sizes[row] = size
        before = size
    return sizes


@jitable
def _code_row(
    coder: BinaryCoder,
    matrix: Matrix,
    history: History,
    positions: Positions,
    values: Values,
    row: int,
    left: int,
    shares: Integers,
    total: int,
) -> None:
    """Cells whose fate the count decides, when none or all are left to be kept, take no bits."""
    columns, pixels = shares.size, history.by_pixel.size
    in_channel = 0
    for column in range(columns):
        if column % pixels == 0:
            in_channel = 0
        if left == 0:
            return
        is_kept = 1
        if left < columns - column:
            cell = Cell(column, left, columns - column, shares[column], total, in_channel)
            is_kept = code_position(coder, positions, matrix, history, row, cell)
        total -= shares[column]
        if is_kept:
            code = code_value(coder, values, matrix, history, row, column)
            if coder.state[DECODING]:
                matrix.codes[row, column] = code
            count_votes(history, matrix, row, column)
            left -= 1
            in_channel += 1
