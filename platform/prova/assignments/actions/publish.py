"""Outbox to broker."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from grader.job import GradingJob
from prova.assignments.broker import send_job
from prova.assignments.models import OPEN_STATES, EventKind, OutboxMessage, Submission, SubmissionEvent

Send = Callable[[GradingJob], None]


def publish_outbox(message_id: int, send: Send = send_job) -> bool:
    """Send one message. False: somebody else has sent it or is at it.

    Sent and then not marked (we died in between) means sent twice, which the graders' second report survives; marked
    and then not sent would mean lost. Raises what `send` raises, with the message still unsent.
    """
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("submission__exercise")
            .filter(pk=message_id, sent_at__isnull=True)
            .first()
        )
        if message is None:
            return False
        submission = message.submission
        if not submission.is_final and submission.nonce == message.nonce:
            send(grading_job(submission))
            _write_down(message)
        message.sent_at = timezone.now()
        message.save(update_fields=["sent_at"])
    return True


def grading_job(submission: Submission) -> GradingJob:
    return GradingJob(
        submission_id=submission.pk,
        nonce=str(submission.nonce),
        exercise=submission.exercise.slug,
        exercise_version=submission.exercise.version,
        source=submission.source,
        seed=submission.seed,
    )


def _write_down(message: OutboxMessage) -> None:
    """Start the lease. A fast grader may already have reported: then there is nothing left to lease."""
    now = timezone.now()
    earlier = OutboxMessage.objects.filter(
        submission=message.submission, nonce=message.nonce, sent_at__isnull=False
    ).count()
    Submission.objects.filter(pk=message.submission_id, nonce=message.nonce, state__in=OPEN_STATES).update(
        published_at=now, deadline_at=now + lease(earlier)
    )
    first = message.submission.tries == 1 and earlier == 0
    SubmissionEvent.objects.create(
        submission=message.submission,
        kind=EventKind.PUBLISHED if first else EventKind.REPUBLISHED,
        nonce=message.nonce,
        at=now,
    )


def lease(earlier_publications: int = 0) -> timedelta:
    """Longer each time a message of the same try is sent: nobody answers, so asking faster does not help."""
    return timedelta(seconds=settings.GRADING_LEASE_S * 2 ** min(earlier_publications, 4))
