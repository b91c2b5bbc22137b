"""The small numbers of a layer: its shared values and biases as whole numbers on grids, and the grids' scales.

They go into the same stream as the codes, with counters that all layers of a network share.
"""

from collections.abc import Sequence
from itertools import pairwise

from reference_impl.entropy_coding.adaptive.binary_coder import BinaryCoder, code_bit
from reference_impl.entropy_coding.adaptive.counters import (
    NUMBER_CONTEXTS,
    Counters,
    code_number,
    code_signed,
)
from reference_impl.entropy_coding.adaptive.counters import counters as new_counters
from reference_impl.entropy_coding.adaptive.tables import ONE

LEVELS, GAPS, LIVE_BIAS, DEAD_BIAS = (place * (NUMBER_CONTEXTS + 2) for place in range(4))


def side_counters() -> Counters:
    return new_counters(4 * (NUMBER_CONTEXTS + 2))


def code_byte(coder: BinaryCoder, number: int) -> int:
    read = 0
    for place in range(7, -1, -1):
        read = 2 * read + code_bit(coder, number >> place & 1, ONE // 2)
    return read


def code_codebook(coder: BinaryCoder, codebook: Sequence[int], of: Counters) -> tuple[int, ...]:
    """Ascending numbers other than zero: how many on each side, then the gaps outwards from zero."""
    below = _code_side(coder, [-number for number in codebook if number < 0][::-1], of)
    above = _code_side(coder, [number for number in codebook if number > 0], of)
    return (*(-number for number in reversed(below)), *above)


def _code_side(coder: BinaryCoder, sizes: list[int], of: Counters) -> list[int]:
    gaps = [after - before - 1 for before, after in pairwise([0, *sizes])]
    count = min(code_number(coder, len(gaps), of, LEVELS), 255)
    read, last = [], 0
    for k in range(count):
        last += 1 + code_number(coder, gaps[k] if k < len(gaps) else 0, of, GAPS)
        read.append(last)
    return read


def code_biases(
    coder: BinaryCoder, biases: Sequence[int], is_live: Sequence[bool], of: Counters
) -> list[int]:
    """Rows that keep no weight have counters of their own: their biases, mostly zero, cost next to nothing."""
    return [
        code_signed(coder, bias, of, LIVE_BIAS if live else DEAD_BIAS)
        for bias, live in zip(biases, is_live, strict=True)
    ]
