"""One round of the sweeper: whatever was lost on the way is found here and set going again."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from prova.assignments.actions.publish import Send, lease, publish_waiting
from prova.assignments.actions.record import GRADERS
from prova.assignments.actions.tries import try_again_or_give_up
from prova.assignments.broker import BrokerUnreachable, send_job
from prova.assignments.models import (
    OPEN_STATES,
    EventKind,
    Heartbeat,
    OutboxMessage,
    State,
    Submission,
    SubmissionEvent,
)
from prova.drawing.actions import sweep_draws
from prova.marking.actions.code_checks import begin_missing_code_checks
from prova.quizzes.actions import submit_overdue_attempts

log = logging.getLogger(__name__)

SWEEPER = "sweeper"
_BATCH = 200


@dataclass(frozen=True, kw_only=True)
class Swept:
    expired: int  #: leases that ran out and were dealt with
    published: int


def sweep_once(now: datetime | None = None, send: Send = send_job) -> Swept:
    now = now or timezone.now()
    expired = _handle_expired(now)
    begin_missing_code_checks()
    published = _publish_unsent(max(now, timezone.now()), send)  # also what has just been given a new try
    submit_overdue_attempts(now)
    sweep_draws(now)
    Heartbeat.objects.update_or_create(name=SWEEPER, defaults={"beat_at": timezone.now()})
    return Swept(expired=expired, published=published)


def _handle_expired(now: datetime) -> int:
    overdue = Submission.with_shadows.filter(state__in=OPEN_STATES, deadline_at__lt=now)
    count = 0
    for pk in list(overdue.order_by("deadline_at").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            submission = (
                overdue.select_for_update(skip_locked=True, of=("self",))
                .select_related("assignment")
                .filter(pk=pk)
                .first()
            )
            if submission is not None:
                _expire(submission, now)
                count += 1
    return count


def _expire(submission: Submission, now: datetime) -> None:
    """A try that started, or whose message got lost, is given up. One that merely waits its turn is not."""
    if submission.state == State.RUNNING:
        _write_off(submission, "the grader fell silent while grading")
    elif _was_overtaken(submission):
        _write_off(submission, "later submissions were graded before it, so its message is lost")
    elif _graders_are_alive(now):
        submission.deadline_at = now + lease()
        submission.save(update_fields=["deadline_at"])
    else:
        _remind(submission)


def _write_off(submission: Submission, why: str) -> None:
    SubmissionEvent.objects.create(
        submission=submission, kind=EventKind.LEASE_EXPIRED, nonce=submission.nonce, detail={"why": why}
    )
    try_again_or_give_up(submission, why)


def _remind(submission: Submission) -> None:
    """No grader answers anybody: the same try once more, and it is not counted.

    With a new nonce the copies still in the queue would be graded in vain, one after the other, before the last one.
    """
    submission.deadline_at = submission.published_at = None
    submission.save(update_fields=["deadline_at", "published_at"])
    OutboxMessage.objects.create(submission=submission, nonce=submission.nonce)


def _was_overtaken(submission: Submission) -> bool:
    if submission.published_at is None:
        return False
    return Submission.with_shadows.filter(
        published_at__gt=submission.published_at, started_at__gte=F("published_at")
    ).exists()


def _graders_are_alive(now: datetime) -> bool:
    since = now - timedelta(seconds=settings.GRADING_LEASE_S)
    return Heartbeat.objects.filter(name=GRADERS, beat_at__gt=since).exists()


def _publish_unsent(now: datetime, send: Send) -> int:
    try:
        return publish_waiting(send, now)
    except BrokerUnreachable as error:
        log.warning("the broker takes no messages: %s", error)
        return 0
