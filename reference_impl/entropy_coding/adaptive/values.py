"""Which shared value a kept weight has: its sign, then its rank from zero outwards, one bit a step."""

from typing import NamedTuple

import numpy as np

from reference_impl.entropy_coding.adaptive.binary_coder import BinaryCoder, code_bit
from reference_impl.entropy_coding.adaptive.counters import Counters, begin, counters, observe, probability
from reference_impl.entropy_coding.adaptive.history import History, poll
from reference_impl.entropy_coding.adaptive.jit import jitable
from reference_impl.entropy_coding.adaptive.layout import Matrix, neighbour, rank, sign
from reference_impl.entropy_coding.adaptive.mixing import Mixer, learn, mixed_logit, squash
from reference_impl.entropy_coding.adaptive.tables import ONE, STRETCH, Integers

FIRST_WEIGHT = 19660  #: 0.3
INPUTS = 4
CONTEXTS = 32  #: of each learned input
SIDE = 24  #: steps told apart on each side of zero; later ones share the last
NODES = 1 + 2 * SIDE  #: the sign, then the steps
MEMORY = 500  #: bits
TRUST = 3
RATE = 12
VOTE = 60  #: logit of one vote


class Values(NamedTuple):
    """The counters of each node: CONTEXTS for every input, the first ones for all bits of the node."""

    learned: Counters
    mixer: Mixer
    contexts: Integers


def new_values() -> Values:
    mixer = Mixer(np.full((NODES, INPUTS), FIRST_WEIGHT, np.int64), np.zeros(INPUTS, np.int64))
    return Values(counters(NODES * INPUTS * CONTEXTS), mixer, np.zeros(INPUTS, np.int64))


@jitable
def code_value(
    coder: BinaryCoder, of: Values, matrix: Matrix, history: History, row: int, column: int
) -> int:
    """The code of a kept weight: 1 ... levels."""
    code = matrix.codes[row, column]
    positive = code > matrix.negatives
    if matrix.negatives == 0 or matrix.negatives == matrix.levels:
        positive = matrix.negatives == 0
    else:
        _lay_sign_inputs(of, matrix, history, row, column)
        positive = _code_node(coder, of, 1 if positive else 0, 0) == 1
    steps = matrix.levels - matrix.negatives if positive else matrix.negatives
    _lay_rank_contexts(of, matrix, history, row, column)
    own, step = rank(matrix, code), 1
    while step < steps:
        node = 1 + (SIDE if positive else 0) + min(step, SIDE) - 1
        if not _code_node(coder, of, 1 if own > step else 0, node):
            break
        step += 1
    return matrix.negatives + step if positive else matrix.negatives + 1 - step


@jitable
def _lay_sign_inputs(of: Values, matrix: Matrix, history: History, row: int, column: int) -> None:
    left, up = (
        sign(matrix, neighbour(matrix, row, column, 0, -1)),
        sign(matrix, neighbour(matrix, row, column, -1, 0)),
    )
    corners = sign(matrix, neighbour(matrix, row, column, -1, -1)) + sign(
        matrix, neighbour(matrix, row, column, -1, 1)
    )
    vote = poll(history, matrix, row, column)
    of.contexts[1] = min(max(history.balance[column], -4), 4) + 4
    of.contexts[2] = 9 * (left + 1) + 3 * (up + 1) + min(max(corners, -1), 1) + 1
    of.contexts[3] = min(max(vote, -7), 7) + 7
    of.mixer.logits[0] = VOTE * min(max(vote, -15), 15)


@jitable
def _lay_rank_contexts(of: Values, matrix: Matrix, history: History, row: int, column: int) -> None:
    total = count = 0
    for down, right in ((0, -1), (0, -2), (-1, 0), (-1, 1), (-1, -1), (-2, 0)):
        near = rank(matrix, neighbour(matrix, row, column, down, right))
        total += near
        count += 1 if near else 0
    left, up = neighbour(matrix, row, column, 0, -1), neighbour(matrix, row, column, -1, 0)
    of.contexts[1] = min(1 + 2 * total // count, 31) if count else 0
    of.contexts[2] = min(rank(matrix, left if left else up), 7)
    of.contexts[3] = min(history.last_rank[column], 7)
    of.mixer.logits[0] = 0


@jitable
def _code_node(coder: BinaryCoder, of: Values, bit: int, node: int) -> int:
    base = node * INPUTS * CONTEXTS
    for k in range(1, INPUTS):
        context = base + k * CONTEXTS + of.contexts[k]
        begin(of.learned, context, of.learned.probabilities[base], TRUST)
        of.mixer.logits[k] = STRETCH[probability(of.learned, context)]
    logit = mixed_logit(of.mixer, node)
    bit = code_bit(coder, bit, min(max(squash(logit), 64), ONE - 64))
    learn(of.mixer, node, bit, logit, RATE)
    observe(of.learned, base, bit, MEMORY)
    for k in range(1, INPUTS):
        observe(of.learned, base + k * CONTEXTS + of.contexts[k], bit, MEMORY)
    return bit
