"""Positions of non-zeros as gaps in fields of few bits, with filler zeros where a gap does not fit.

A field of b bits holds a gap of 1 … 2^b (stored as the gap minus 1), as in figure 2 of arXiv:1510.00149.
Positions count from 1, so that the first gap is the first position.
"""

from collections.abc import Sequence


def encode(
    positions: Sequence[int], values: Sequence[float], *, gap_bits: int
) -> tuple[list[int], list[float]]:
    """Gaps and values of all stored entries; a filler has the value 0 and the largest gap.

    positions: increasing, the first at least 1. Raises ValueError where they are not.
    """
    longest = 2**gap_bits
    gaps: list[int] = []
    stored: list[float] = []
    at = 0
    for position, value in zip(positions, values, strict=True):
        if position <= at:
            raise ValueError(f"positions must increase from 1 on, but {position} follows {at}")
        fillers = (position - at - 1) // longest
        gaps += [longest] * fillers + [position - at - fillers * longest]
        stored += [0.0] * fillers + [value]
        at = position
    return gaps, stored


def decode(gaps: Sequence[int], stored: Sequence[float]) -> tuple[list[int], list[float]]:
    """Positions and values of the entries that are not zero."""
    positions: list[int] = []
    values: list[float] = []
    at = 0
    for gap, value in zip(gaps, stored, strict=True):
        at += gap
        if value != 0:
            positions.append(at)
            values.append(value)
    return positions, values


def filler_count(positions: Sequence[int], *, gap_bits: int) -> int:
    gaps, _ = encode(positions, [1.0] * len(positions), gap_bits=gap_bits)
    return len(gaps) - len(positions)
