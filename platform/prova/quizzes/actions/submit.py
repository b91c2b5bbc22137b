from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prova.marking.actions.code_checks import begin_code_checks
from prova.marking.actions.history import note_submission
from prova.quizzes.actions.locking import GRACE, is_overdue, lock_attempt
from prova.quizzes.actions.scoring import record_grade, score_items, set_totals
from prova.quizzes.models import Attempt


@transaction.atomic
def submit_attempt(attempt_id: int, now: datetime | None = None) -> Attempt:
    """Score every answer and record the grade. Submitting twice changes nothing."""
    return _close(lock_attempt(attempt_id), now or timezone.now())


@transaction.atomic
def submit_if_overdue(attempt_id: int, now: datetime | None = None) -> Attempt:
    now = now or timezone.now()
    attempt = lock_attempt(attempt_id)
    return _close(attempt, now) if is_overdue(attempt, now) else attempt


def submit_overdue_attempts(now: datetime | None = None, at_most: int = 200) -> int:
    """For the sweeper: submit what its learner left to the clock. Each attempt is a transaction of its own."""
    now = now or timezone.now()
    overdue = Attempt.with_previews.filter(submitted_at__isnull=True, deadline_at__lte=now - GRACE)
    ids = list(overdue.order_by("deadline_at").values_list("pk", flat=True)[:at_most])
    return sum(not submit_if_overdue(attempt, now).is_open for attempt in ids)


def _close(attempt: Attempt, now: datetime) -> Attempt:
    if not attempt.is_open:
        return attempt
    attempt.is_timed_out = attempt.deadline_at is not None and attempt.deadline_at <= now
    attempt.submitted_at = min(now, attempt.deadline_at) if attempt.deadline_at else now
    items = score_items(attempt)
    set_totals(attempt, items)
    attempt.save(update_fields=["is_timed_out", "submitted_at", "score", "max_score", "pending_count"])
    note_submission(attempt)
    begin_code_checks(attempt, items)
    if not attempt.is_preview:
        record_grade(attempt)
    return attempt
