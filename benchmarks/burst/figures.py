"""What the rows of a burst say. Pure."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Row:
    """One submission, in seconds of one clock."""

    learner: str
    kind: str
    created_s: float
    started_s: float
    graded_s: float

    @property
    def waited_s(self) -> float:
        """Until a grader began."""
        return self.started_s - self.created_s

    @property
    def took_s(self) -> float:
        """Until the mark was there."""
        return self.graded_s - self.created_s


@dataclass(frozen=True, kw_only=True)
class Waits:
    count: int
    p50_s: float
    p95_s: float
    max_s: float


def waits(values: Sequence[float]) -> Waits:
    if not values:
        return Waits(count=0, p50_s=0.0, p95_s=0.0, max_s=0.0)
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return Waits(count=len(ordered), p50_s=statistics.median(ordered), p95_s=p95, max_s=ordered[-1])


def drained_s(rows: Sequence[Row]) -> float:
    """From the first that was accepted to the last that was graded."""
    return max(row.graded_s for row in rows) - min(row.created_s for row in rows)


def while_waiting(rows: Iterable[Row], crowd: Iterable[Row]) -> list[Row]:
    """Those who came while one of `crowd` was still waiting for a grader."""
    spans = [(row.created_s, row.started_s) for row in crowd]
    begin, end = min(start for start, _ in spans), max(stop for _, stop in spans)
    return [row for row in rows if begin <= row.created_s <= end]


def first_come_first_served(rows: Sequence[Row], graders: int) -> list[Row]:
    """The peer: the same arrivals and the same time each job took, in the order in which they came."""
    free_at = [0.0] * graders
    served = []
    for row in sorted(rows, key=lambda row: row.created_s):
        grader = min(range(graders), key=free_at.__getitem__)
        started = max(row.created_s, free_at[grader])
        free_at[grader] = started + row.graded_s - row.started_s
        served.append(replace(row, started_s=started, graded_s=free_at[grader]))
    return served


def overtakers(row: Row, crowd: Iterable[Row]) -> int:
    """How many of `crowd` a grader began between this one's arrival and its turn."""
    return sum(row.created_s < one.started_s < row.started_s for one in crowd)
