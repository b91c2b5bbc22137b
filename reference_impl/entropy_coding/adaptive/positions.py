"""Which weights are kept: the probability of each, from what is near it and what is left of its row.

The number of weights kept in a row is known before its cells. With `left` of them to come, a column of propensity a
among columns of total propensity A is expected to be kept with probability left a / A.
"""

from typing import NamedTuple

import numpy as np

from reference_impl.entropy_coding.adaptive.binary_coder import BinaryCoder, code_bit
from reference_impl.entropy_coding.adaptive.counters import Counters, begin, counters, observe, probability
from reference_impl.entropy_coding.adaptive.history import History
from reference_impl.entropy_coding.adaptive.jit import jitable
from reference_impl.entropy_coding.adaptive.layout import Matrix, coarse, kept, neighbour
from reference_impl.entropy_coding.adaptive.mixing import Mixer, learn, mixed_logit, squash
from reference_impl.entropy_coding.adaptive.tables import ONE, STEEPEST, STRETCH, Integers

FIRST_WEIGHTS = (19000, -8000, 17000, 3000, 6000, 6000)  #: units of 2^-16, chosen on trained networks
FIXED_INPUTS = 2
CONTEXTS = 1024  #: of each learned input
MEMORY = 800  #: bits
TRUST = 2  #: bits that the expectation is worth to a new counter
RATE = 2


class Positions(NamedTuple):
    learned: Counters
    mixer: Mixer
    contexts: Integers


class Cell(NamedTuple):
    """What is left of the row from this cell on, and the weights kept in its channel so far."""

    column: int
    left: int
    columns: int
    propensity: int
    total_propensity: int
    in_channel: int


def new_positions() -> Positions:
    inputs = len(FIRST_WEIGHTS)
    mixer = Mixer(np.tile(np.array(FIRST_WEIGHTS, np.int64), (16, 1)), np.zeros(inputs, np.int64))
    learned = inputs - FIXED_INPUTS
    return Positions(counters(learned * CONTEXTS), mixer, np.zeros(learned, np.int64))


@jitable
def code_position(
    coder: BinaryCoder, of: Positions, matrix: Matrix, history: History, row: int, cell: Cell
) -> int:
    """Whether the weight is kept. Two sets of mixer weights share the decision."""
    bit = kept(matrix.codes[row, cell.column])
    near = _lay_inputs(of, matrix, history, row, cell)
    first, second = near, 8 + coarse(history.by_column[cell.column])
    one, other = mixed_logit(of.mixer, first), mixed_logit(of.mixer, second)
    chance = squash((one + other) >> 1)
    bit = code_bit(coder, bit, min(max(chance, 4), ONE - 4))
    learn(of.mixer, first, bit, one, RATE)
    learn(of.mixer, second, bit, other, RATE)
    for k in range(of.contexts.size):
        observe(of.learned, of.contexts[k], bit, MEMORY)
    return bit


@jitable
def _lay_inputs(of: Positions, matrix: Matrix, history: History, row: int, cell: Cell) -> int:
    """Fills the mixer's logits; returns the number of weights kept nearby in the same row."""
    expected = _bounded(cell.left * cell.propensity * ONE // cell.total_propensity)
    of.mixer.logits[0] = STRETCH[expected]
    of.mixer.logits[1] = STRETCH[_bounded(cell.left * ONE // cell.columns)]
    near = _lay_contexts(of.contexts, matrix, history, row, cell, STRETCH[expected] + STEEPEST >> 7)
    for k in range(of.contexts.size):
        of.contexts[k] += k * CONTEXTS
        begin(of.learned, of.contexts[k], expected << 6, TRUST)
        of.mixer.logits[FIXED_INPUTS + k] = STRETCH[probability(of.learned, of.contexts[k])]
    return near


@jitable
def _bounded(chance: int) -> int:
    return min(max(chance, 4), 60000)


@jitable
def _lay_contexts(out: Integers, matrix: Matrix, history: History, row: int, cell: Cell, grade: int) -> int:
    """grade: of the expected probability, 0 ... 44."""
    column = cell.column
    channel = column // history.by_pixel.size
    pattern = near = 0
    for place, (down, right) in enumerate(((0, -1), (0, -2), (-1, 0), (-1, 1), (-1, -1), (-2, 0))):
        is_kept = kept(neighbour(matrix, row, column, down, right))
        pattern += is_kept << place
        near += is_kept
    before = 0
    if history.by_pixel.size > 1 and channel > 0:
        before = kept(matrix.codes[row, column - history.by_pixel.size])
    in_channel = min(cell.in_channel, 7)
    out[0] = pattern + 64 * in_channel + 512 * before
    out[1] = 8 * grade + near
    out[2] = 64 * coarse(matrix.fan_in[channel]) + 8 * coarse(cell.left) + coarse(history.by_column[column])
    out[3] = 8 * grade + in_channel
    return near
