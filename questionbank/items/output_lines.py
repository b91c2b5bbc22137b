"""Two outputs of a program, compared line by line. What never counts: spaces at the end of a line, and white space before the first line or after the last.

A page and its form drop the latter; who types an answer cannot know whether it was there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from questionbank.typed import ProgramDefinition


class LineFate(StrEnum):
    SAME = "same"
    #: Printed by the program, and not in the answer.
    MISSING = "missing"
    #: In the answer, and not printed.
    EXTRA = "extra"


@dataclass(frozen=True)
class DiffLine:
    fate: LineFate
    text: str


def lines_of(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def compared(lines: Sequence[str], program: ProgramDefinition) -> list[str]:
    """What of each line counts."""
    lines = [lines[0].lstrip(), *lines[1:]] if lines else []
    if program.ignore_spaces:
        lines = ["".join(line.split()) for line in lines]
    return [line.casefold() if program.ignore_case else line for line in lines]


def common_tails(one: Sequence[str], other: Sequence[str]) -> list[list[int]]:
    """[i][j]: how many lines `one[i:]` and `other[j:]` have in common, in order."""
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            if one[i] == other[j]:
                lengths[i][j] = lengths[i + 1][j + 1] + 1
            else:
                lengths[i][j] = max(lengths[i + 1][j], lengths[i][j + 1])
    return lengths


def share_of_lines(expected: Sequence[str], given: Sequence[str]) -> float:
    """Lines in common over the lines of the longer one: what is missing costs, and so does what is too much."""
    longest = max(len(expected), len(given))
    return common_tails(expected, given)[0][0] / longest if longest else 1.0


def difference(expected: str, given: str, program: ProgramDefinition) -> tuple[DiffLine, ...]:
    wanted, typed = lines_of(expected), lines_of(given)
    one, other = compared(wanted, program), compared(typed, program)
    common = common_tails(one, other)
    found: list[DiffLine] = []
    i = j = 0
    while i < len(one) or j < len(other):
        if i < len(one) and j < len(other) and one[i] == other[j]:
            found.append(DiffLine(LineFate.SAME, wanted[i]))
            i, j = i + 1, j + 1
        elif i < len(one) and (j == len(other) or common[i + 1][j] >= common[i][j + 1]):
            found.append(DiffLine(LineFate.MISSING, wanted[i]))
            i += 1
        else:
            found.append(DiffLine(LineFate.EXTRA, typed[j]))
            j += 1
    return tuple(found)
