"""Accept a learner's file: from the moment this commits, it will be graded or we will say why we could not."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from prova.accounts.models import User
from prova.assignments.actions.publish import publish_or_leave_it_to_the_sweeper
from prova.assignments.models import OPEN_STATES, Assignment, OutboxMessage, State, Submission
from prova.assignments.refusals import Refusal, SubmissionRefused
from prova.assignments.sources import MAX_SOURCE_BYTES, SourceError, clean_file_name, read_source

__all__ = ["SubmissionRefused", "submit_solution"]


def submit_solution(
    assignment: Assignment,
    learner: User,
    source: bytes | str,
    *,
    file_name: str = "",
    now: datetime | None = None,
) -> Submission:
    """SubmissionRefused: nothing was stored; its sentence says what to do."""
    now = now or timezone.now()
    file_name = clean_file_name(file_name)
    text = _read(source, file_name, limit_kib=assignment.exercise.metadata["source_kib"])
    _refuse_outside_of_the_dates(assignment, now)
    with transaction.atomic():
        # One after the other for the same person, or two parallel requests would both be the last one allowed.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=learner.pk)
        _refuse_too_many(assignment, learner, now)
        submission = Submission.objects.create(
            assignment=assignment,
            exercise_id=assignment.exercise_id,
            learner=learner,
            source=text,
            file_name=file_name,
            created_at=now,
            seed=secrets.randbits(62),
        )
        OutboxMessage.objects.create(submission=submission, nonce=submission.nonce)
        transaction.on_commit(publish_or_leave_it_to_the_sweeper)
    return submission


def _read(source: bytes | str, file_name: str, limit_kib: int) -> str:
    limit_bytes = min(MAX_SOURCE_BYTES, limit_kib * 1024)
    try:
        return read_source(source, file_name, limit_bytes)
    except SourceError as error:
        raise SubmissionRefused(Refusal(error.reason), kib=limit_bytes // 1024) from None


def _refuse_outside_of_the_dates(assignment: Assignment, now: datetime) -> None:
    if assignment.opens_at and now < assignment.opens_at:
        raise SubmissionRefused(Refusal.NOT_OPEN_YET)
    if assignment.closes_at and now >= assignment.closes_at:
        raise SubmissionRefused(Refusal.CLOSED)


def _refuse_too_many(assignment: Assignment, learner: User, now: datetime) -> None:
    mine = Submission.objects.filter(learner=learner)
    if mine.filter(state__in=OPEN_STATES).count() >= settings.SUBMISSIONS_AT_ONCE:
        raise SubmissionRefused(Refusal.TOO_MANY_OPEN, limit=settings.SUBMISSIONS_AT_ONCE)
    last_minute = mine.filter(created_at__gt=now - timedelta(minutes=1))
    if last_minute.count() >= settings.SUBMISSIONS_PER_MINUTE:
        raise SubmissionRefused(Refusal.TOO_MANY_PER_MINUTE, limit=settings.SUBMISSIONS_PER_MINUTE)
    # What we failed to grade costs nobody an attempt.
    counted = mine.filter(assignment=assignment).exclude(state=State.SYSTEM_ERROR)
    if counted.filter(created_at__gt=now - timedelta(hours=1)).count() >= assignment.submissions_per_hour:
        raise SubmissionRefused(Refusal.TOO_MANY_PER_HOUR, limit=assignment.submissions_per_hour)
    if assignment.submissions_limit is not None and counted.count() >= assignment.submissions_limit:
        raise SubmissionRefused(Refusal.NONE_LEFT, limit=assignment.submissions_limit)
