"""Which of several scores becomes the grade. Pure: values in, value out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Counts(StrEnum):
    BEST = "best"
    LAST = "last"
    FIRST = "first"


@dataclass(frozen=True)
class Score:
    points: float
    max_points: float  #: 0: nothing could be earned

    @property
    def share(self) -> float:
        """0 … 1. Nothing to earn counts as nothing earned."""
        return self.points / self.max_points if self.max_points else 0.0


def best(scores: Sequence[Score]) -> Score:
    """The greatest share; of equal ones the earliest."""
    return max(scores, key=lambda score: score.share)


def last(scores: Sequence[Score]) -> Score:
    return scores[-1]


def first(scores: Sequence[Score]) -> Score:
    return scores[0]


_POLICIES: dict[Counts, Callable[[Sequence[Score]], Score]] = {
    Counts.BEST: best,
    Counts.LAST: last,
    Counts.FIRST: first,
}


def counted(scores: Sequence[Score], counts: Counts) -> Score | None:
    """The score that counts, of scores in the order they were earned. None: there is none yet."""
    return _POLICIES[counts](scores) if scores else None
