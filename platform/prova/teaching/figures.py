"""Figures of a class, from shares: a score divided by the full score, 0 to 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

LOW, HIGH = 0.5, 0.85


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Of one piece of work. None: nobody has a score yet."""

    count: int
    mean: float | None
    median: float | None
    lowest: float | None
    highest: float | None
    low: int = 0  #: scores under LOW
    high: int = 0  #: scores of HIGH or more


def share(score: float | None, max_score: float | None) -> float | None:
    """None: no score yet, or nothing to be had."""
    if score is None or not max_score:
        return None
    return score / max_score


def summarise(shares: Sequence[float]) -> Summary:
    if not shares:
        return Summary(count=0, mean=None, median=None, lowest=None, highest=None)
    return Summary(
        count=len(shares),
        mean=fmean(shares),
        median=median(shares),
        lowest=min(shares),
        highest=max(shares),
        low=sum(value < LOW for value in shares),
        high=sum(value >= HIGH for value in shares),
    )


def bin_counts(shares: Sequence[float], bins: int = 10) -> tuple[int, ...]:
    """How many shares fall into each of `bins` equal parts of 0 to 1; full marks belong to the last part."""
    counts = [0] * bins
    for value in shares:
        # A share such as 7/10 may lie a rounding error below its own edge.
        counts[max(0, min(int(value * bins + 1e-9), bins - 1))] += 1
    return tuple(counts)
