from dataclasses import dataclass
from datetime import datetime

from prova.quizzes.models import Attempt

#: the last tenth of the time is shown so that one notices
LATE_SHARE = 0.1


@dataclass(frozen=True)
class Clock:
    """The time of an attempt that has a limit, for the page's countdown."""

    deadline_at: datetime
    seconds_left: int
    seconds_in_all: int

    @classmethod
    def of(cls, attempt: Attempt, now: datetime) -> "Clock | None":
        if attempt.deadline_at is None:
            return None
        return cls(
            deadline_at=attempt.deadline_at,
            seconds_left=max(int((attempt.deadline_at - now).total_seconds()), 0),
            seconds_in_all=int((attempt.deadline_at - attempt.started_at).total_seconds()),
        )

    @property
    def is_late(self) -> bool:
        return self.seconds_left <= self.seconds_in_all * LATE_SHARE

    @property
    def late_at_s(self) -> int:
        """Seconds left from which on it is late."""
        return int(self.seconds_in_all * LATE_SHARE)
