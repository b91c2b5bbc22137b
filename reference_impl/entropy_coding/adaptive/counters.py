"""Probabilities that follow the bits seen in their context, and numbers coded with them.

A counter holds a probability of 22 bits and the number n of bits seen. It moves to each bit by 1 / (n + 1.5) of the
way, and n stops at a limit: the running mean of Krichevsky & Trofimov 1981 at first, an exponential one later.
"""

from typing import NamedTuple

import numpy as np

from reference_impl.entropy_coding.adaptive.binary_coder import DAMAGED, BinaryCoder, code_bit
from reference_impl.entropy_coding.adaptive.jit import jitable
from reference_impl.entropy_coding.adaptive.tables import ONE, RATES, Integers

EVEN = 1 << 21
SHORT_MEMORY = 60
WIDEST = 24  #: bits of a number
NUMBER_CONTEXTS = 64  #: counters that `code_number` needs


class Counters(NamedTuple):
    """Both int64 of one length."""

    probabilities: Integers
    seen: Integers


def counters(count: int) -> Counters:
    return Counters(np.full(count, EVEN, np.int64), np.zeros(count, np.int64))


@jitable
def probability(of: Counters, context: int) -> int:
    """16 bits."""
    return min(max(of.probabilities[context] >> 6, 1), ONE - 1)


@jitable
def observe(of: Counters, context: int, bit: int, limit: int) -> None:
    seen = of.seen[context]
    of.probabilities[context] += ((bit << 22) - of.probabilities[context]) * RATES[seen] >> 16
    if seen < limit:
        of.seen[context] = seen + 1


@jitable
def begin(of: Counters, context: int, first: int, trust: int) -> None:
    """A counter never used starts at the 22-bit probability `first`, as if `trust` bits had been seen."""
    if of.seen[context] == 0:
        of.probabilities[context] = first
        of.seen[context] = trust


@jitable
def code_counted(coder: BinaryCoder, bit: int, of: Counters, context: int) -> int:
    bit = code_bit(coder, bit, probability(of, context))
    observe(of, context, bit, SHORT_MEMORY)
    return bit


@jitable
def code_number(coder: BinaryCoder, number: int, of: Counters, base: int) -> int:
    """A number of 0 ... 2^24 - 2 as Elias' gamma code of 1975 with learned bits: its length, then all but its first bit.

    A longer one marks data as damaged and is cut to 24 bits.
    """
    number += 1
    length = 0
    while code_counted(coder, 1 if number >> (length + 1) else 0, of, base + min(length, 15)):
        length += 1
        if length == WIDEST:
            coder.state[DAMAGED] = 1
            break
    read = 1
    for place in range(length - 1, -1, -1):
        context = base + 16 + 4 * min(length, 10) + min(length - 1 - place, 3)
        read = 2 * read + code_counted(coder, number >> place & 1, of, context)
    return read - 1


@jitable
def code_signed(coder: BinaryCoder, number: int, of: Counters, base: int) -> int:
    """A whole number: zero or not, sign, size less one. Uses NUMBER_CONTEXTS + 2 counters."""
    if not code_counted(coder, 1 if number else 0, of, base):
        return 0
    negative = code_counted(coder, 1 if number < 0 else 0, of, base + 1)
    size = code_number(coder, abs(number) - 1, of, base + 2) + 1
    return -size if negative else size
