"""A learner tries the visible checks on code that is not submitted yet. Nothing of it ever counts."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from prova.assignments.models import OPEN_STATES, Submission
from prova.marking.actions.code_checks import hand_in
from prova.marking.trial_refusals import NothingToTry, TriesSpent, TryUnderWay
from prova.quizzes.actions.locking import item_to_answer, lock_for_answers
from questionbank.questions import item_of

#: Of one answer: enough to work with, too few to search the checks by trying.
MOST_TRIES = 20


@transaction.atomic
def try_code(attempt_id: int, item_id: int, now: datetime | None = None) -> Submission:
    """The saved answer, as it is now, goes to the graders. One at a time.

    Raises AttemptOver, AttemptItem.DoesNotExist, PageNotOpen, ItemChecked, NothingToTry, TryUnderWay, TriesSpent.
    """
    now = now or timezone.now()
    attempt = lock_for_answers(attempt_id, now)
    asked = item_to_answer(attempt, item_id)
    item, response = asked.item, asked.newest
    bound = item_of(item.version, item.variant)
    value = response.value if response else None
    if bound.question.code is None or value is None or bound.is_blank(value):
        raise NothingToTry
    mine = Submission.with_shadows.filter(attempt_item__attempt=attempt, is_trial=True)
    if mine.filter(state__in=OPEN_STATES).exists():
        raise TryUnderWay
    lately = mine.filter(created_at__gt=now - timedelta(minutes=1)).count()
    if lately >= settings.SUBMISSIONS_PER_MINUTE or mine.filter(attempt_item=item).count() >= MOST_TRIES:
        raise TriesSpent
    submission = hand_in(attempt, item, value["source"], is_trial=True)
    if submission is None:
        raise NothingToTry
    return submission
