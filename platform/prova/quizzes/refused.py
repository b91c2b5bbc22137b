"""Requests that an attempt does not allow: counted for the live overview, and in the log."""

import logging

from django.db.models import F
from django.utils import timezone

from prova.quizzes.models import Attempt, Refusal, RefusedRequest
from prova.quizzes.refusals import QuizRefusal

logger = logging.getLogger(__name__)


def count_own(attempt: Attempt, refusal: QuizRefusal) -> None:
    """Of the attempt's own learner; what is no attack on any rule is not counted."""
    if refusal.kind is not None:
        count_refusal(attempt.pk, attempt.learner_id, refusal.kind)


def count_refusal(attempt_id: int, user_id: int, kind: Refusal, detail: str = "", times: int = 1) -> None:
    now = timezone.now()
    row, _is_new = RefusedRequest.objects.get_or_create(
        attempt_id=attempt_id, user_id=user_id, kind=kind, defaults={"last_at": now}
    )
    RefusedRequest.objects.filter(pk=row.pk).update(times=F("times") + times, last_at=now)
    logger.warning("refused: user %s, attempt %s, %s %s", user_id, attempt_id, kind, detail)
