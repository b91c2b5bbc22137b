"""What a learner may do with a quiz now, as the page before it says it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prova.quizzes.actions.start import attempts_allowed
from prova.quizzes.models import Accommodation, Attempt, Quiz
from prova.quizzes.timing import Entry


class QuizState(StrEnum):
    NOT_YET = "not_yet"  #: opens later
    NEW = "new"  #: open, never tried
    IN_PROGRESS = "in_progress"  #: an attempt is open
    AGAIN = "again"  #: open, tried, attempts left
    USED_UP = "used_up"  #: open, no attempts left
    TOO_LATE = "too_late"  #: open for who has begun
    CLOSED = "closed"


@dataclass(frozen=True)
class Admission:
    state: QuizState
    attempts: tuple[Attempt, ...]  #: the learner's, by number
    attempts_left: int | None  #: None: as many as one likes
    attempts_allowed: int | None = None

    @property
    def open_attempt(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts and self.attempts[-1].is_open else None

    @property
    def may_start(self) -> bool:
        return self.state in {QuizState.NEW, QuizState.AGAIN}


def admission(
    quiz: Quiz, attempts: tuple[Attempt, ...], now: datetime, granted: Accommodation | None = None
) -> Admission:
    """`granted`: what is different for this learner."""
    allowed = attempts_allowed(quiz, granted)
    left = None if allowed is None else max(allowed - len(attempts), 0)
    entry = quiz.time_rules(granted).entry(now) if quiz.is_published else Entry.NOT_YET
    return Admission(_state(entry, attempts, left), attempts, left, allowed)


def _state(entry: Entry, attempts: tuple[Attempt, ...], left: int | None) -> QuizState:
    if attempts and attempts[-1].is_open:
        return QuizState.IN_PROGRESS
    if entry is not Entry.OPEN:
        return QuizState(entry.value)
    if left == 0:
        return QuizState.USED_UP
    return QuizState.AGAIN if attempts else QuizState.NEW
