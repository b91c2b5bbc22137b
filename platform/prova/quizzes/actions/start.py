from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prova.accounts.models import User
from prova.quizzes.actions.locking import lock_enrolment, share_quiz
from prova.quizzes.actions.paper import write_paper
from prova.quizzes.actions.submit import submit_if_overdue
from prova.quizzes.actions.tries import count_password_try, forget_password_tries
from prova.quizzes.entrance import NOTHING_SHOWN, Credentials, check_credentials
from prova.quizzes.models import Accommodation, Attempt, Quiz
from prova.quizzes.refusals import NoAttemptsLeft, NotOpen, TooLate
from prova.quizzes.timing import Entry, deadline


def start_attempt(
    quiz: Quiz, learner: User, now: datetime | None = None, *, credentials: Credentials = NOTHING_SHOWN
) -> Attempt:
    """The learner's open attempt, or a new one.

    Raises NotOpen, TooLate, NoAttemptsLeft, OutsideNetwork, WrongPassword, TooManyTries.
    """
    now = now or timezone.now()
    if quiz.password and credentials.password:
        count_password_try(quiz, learner, now)
    attempt = _start(quiz, learner, now, credentials)
    if quiz.password and credentials.password:
        forget_password_tries(quiz, learner)
    return attempt


@transaction.atomic
def _start(quiz: Quiz, learner: User, now: datetime, credentials: Credentials) -> Attempt:
    # One start at a time per learner and course; the constraint one_open_attempt is the last resort.
    lock_enrolment(quiz.course_id, learner.pk)
    quiz = share_quiz(quiz.pk)  # before any attempt's row, as those who change the quiz do
    attempts = _counting(Attempt.with_previews.filter(quiz=quiz, learner=learner).order_by("number"))
    if attempts and attempts[-1].is_open:
        current = submit_if_overdue(attempts[-1].pk, now)
        if current.is_open:
            return current
    granted = Accommodation.objects.filter(quiz=quiz, learner=learner).first()
    _check_time(quiz, granted, now)
    allowed = attempts_allowed(quiz, granted)
    if allowed is not None and len(attempts) >= allowed:
        raise NoAttemptsLeft
    check_credentials(quiz, granted, credentials)
    end = deadline(quiz.time_rules(granted), None, now)
    return write_paper(
        Attempt(quiz=quiz, learner=learner, number=len(attempts) + 1, started_at=now, deadline_at=end)
    )


def _counting(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Without the previews of somebody who has been an instructor here; an open one would be in the way."""
    counting = []
    for attempt in attempts:
        if attempt.is_preview:
            attempt.delete()
        else:
            counting.append(attempt)
    return counting


def _check_time(quiz: Quiz, granted: Accommodation | None, now: datetime) -> None:
    entry = quiz.time_rules(granted).entry(now)
    if not quiz.is_published or entry in {Entry.NOT_YET, Entry.CLOSED}:
        raise NotOpen
    if entry is Entry.TOO_LATE:
        raise TooLate


def attempts_allowed(quiz: Quiz, granted: Accommodation | None) -> int | None:
    """None: as many as one likes."""
    if quiz.attempts_allowed is None:
        return None
    return quiz.attempts_allowed + (granted.extra_attempts if granted else 0)
