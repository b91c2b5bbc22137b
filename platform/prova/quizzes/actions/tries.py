"""Guessing a quiz's password is slowed down per learner. A try is counted before the word is looked at."""

from datetime import datetime, timedelta

from django.db import transaction

from prova.accounts.models import User
from prova.quizzes.actions.locking import lock_enrolment
from prova.quizzes.models import PasswordTry, Quiz
from prova.quizzes.refusals import TooManyTries

WINDOW = timedelta(minutes=15)
TRIES = 10


@transaction.atomic
def count_password_try(quiz: Quiz, learner: User, now: datetime) -> None:
    """Raises TooManyTries, Enrolment.DoesNotExist."""
    lock_enrolment(quiz.course_id, learner.pk)  # or tries at the same time would each count the same
    mine = PasswordTry.objects.filter(quiz=quiz, learner=learner)
    mine.filter(at__lt=now - WINDOW).delete()
    if mine.count() >= TRIES:
        raise TooManyTries
    PasswordTry.objects.create(quiz=quiz, learner=learner, at=now)


def forget_password_tries(quiz: Quiz, learner: User) -> None:
    PasswordTry.objects.filter(quiz=quiz, learner=learner).delete()
