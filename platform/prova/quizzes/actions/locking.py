"""Who holds an attempt's row, and until when answers are taken."""

from datetime import datetime, timedelta

from prova.quizzes.models import Attempt
from prova.quizzes.refusals import AttemptOver

#: An answer given in the last second may arrive a little later.
GRACE = timedelta(seconds=10)


def lock_for_answers(attempt_id: int, now: datetime) -> Attempt:
    attempt = Attempt.objects.select_for_update(no_key=True).get(pk=attempt_id)
    if not attempt.is_open or is_overdue(attempt, now):
        raise AttemptOver
    return attempt


def is_overdue(attempt: Attempt, now: datetime) -> bool:
    return attempt.is_open and attempt.deadline_at is not None and attempt.deadline_at + GRACE <= now
