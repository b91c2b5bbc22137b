"""What a learner may do with a quiz now, as the page before it says it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prova.quizzes.models import Attempt, Quiz


class QuizState(StrEnum):
    NOT_YET = "not_yet"  #: opens later
    NEW = "new"  #: open, never tried
    IN_PROGRESS = "in_progress"  #: an attempt is open
    AGAIN = "again"  #: open, tried, attempts left
    USED_UP = "used_up"  #: open, no attempts left
    CLOSED = "closed"


@dataclass(frozen=True)
class Admission:
    state: QuizState
    attempts: tuple[Attempt, ...]  #: the learner's, by number
    attempts_left: int | None  #: None: as many as one likes

    @property
    def open_attempt(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts and self.attempts[-1].is_open else None

    @property
    def may_start(self) -> bool:
        return self.state in {QuizState.NEW, QuizState.AGAIN}


def admission(quiz: Quiz, attempts: tuple[Attempt, ...], now: datetime) -> Admission:
    left = None if quiz.attempts_allowed is None else max(quiz.attempts_allowed - len(attempts), 0)
    return Admission(_state(quiz, attempts, left, now), attempts, left)


def _state(quiz: Quiz, attempts: tuple[Attempt, ...], left: int | None, now: datetime) -> QuizState:
    if attempts and attempts[-1].is_open:
        return QuizState.IN_PROGRESS
    if quiz.has_closed(now):
        return QuizState.CLOSED
    if not quiz.has_opened(now):
        return QuizState.NOT_YET
    if left == 0:
        return QuizState.USED_UP
    return QuizState.AGAIN if attempts else QuizState.NEW
