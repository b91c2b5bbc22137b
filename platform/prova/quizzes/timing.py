"""When a quiz may be started, and when an attempt ends. Pure: the server's clock comes in as a value.

Laws (tests/prova/quizzes/test_timing.py): an end never lies before its start; more time never ends earlier; where
closing cuts, only time added by hand goes past it; an accommodation that changes nothing changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Entry(StrEnum):
    """Whether an attempt may begin at a moment."""

    NOT_YET = "not_yet"
    OPEN = "open"
    TOO_LATE = "too_late"  #: still open for those who have begun
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class TimeRules:
    """Of a quiz, or of one learner in it. None: no such limit."""

    time_limit_s: int | None = None
    opens_at: datetime | None = None
    start_until: datetime | None = None
    closes_at: datetime | None = None
    closing_cuts: bool = True

    def entry(self, now: datetime) -> Entry:
        if self.closes_at is not None and self.closes_at <= now:
            return Entry.CLOSED
        if self.opens_at is not None and now < self.opens_at:
            return Entry.NOT_YET
        if self.start_until is not None and self.start_until < now:
            return Entry.TOO_LATE
        return Entry.OPEN


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What one learner is granted in time; what is None stays as it is for everybody."""

    time_factor: float = 1.0  #: of the time limit, at least 1
    extra_s: int = 0  #: on top of that
    opens_at: datetime | None = None
    start_until: datetime | None = None
    closes_at: datetime | None = None


def rules_for(rules: TimeRules, allowance: Allowance | None) -> TimeRules:
    """The rules as they are for this learner."""
    if allowance is None:
        return rules
    limit = rules.time_limit_s
    return replace(
        rules,
        time_limit_s=None if limit is None else round(limit * allowance.time_factor) + allowance.extra_s,
        opens_at=allowance.opens_at or rules.opens_at,
        start_until=allowance.start_until or rules.start_until,
        closes_at=allowance.closes_at or rules.closes_at,
    )


def deadline(
    rules: TimeRules, allowance: Allowance | None, started_at: datetime, *, added_s: int = 0
) -> datetime | None:
    """When an attempt ends that began at `started_at`; None: never by itself.

    `added_s` was given by hand while it ran, so it counts after whatever else would have ended it.
    """
    mine = rules_for(rules, allowance)
    ends = []
    if mine.time_limit_s is not None:
        ends.append(started_at + timedelta(seconds=mine.time_limit_s))
    if mine.closes_at is not None and mine.closing_cuts:
        ends.append(mine.closes_at)
    if not ends:
        return None
    return max(min(ends), started_at) + timedelta(seconds=added_s)


def is_cut(rules: TimeRules, allowance: Allowance | None, started_at: datetime) -> bool:
    """Closing takes time from an attempt that begins then."""
    mine = rules_for(rules, allowance)
    if mine.time_limit_s is None or mine.closes_at is None or not mine.closing_cuts:
        return False
    return mine.closes_at < started_at + timedelta(seconds=mine.time_limit_s)
