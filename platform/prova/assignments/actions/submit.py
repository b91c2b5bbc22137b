"""Accept a learner's file: from the moment this commits, it will be graded or we will say why we could not."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from grader.uploads.upload import Upload, UploadRefused
from prova.accounts.models import User
from prova.assignments.actions.publish import publish_or_leave_it_to_the_sweeper
from prova.assignments.models import OPEN_STATES, Assignment, OutboxMessage, State, Submission
from prova.assignments.prerequisites import missing_for
from prova.assignments.refusals import Refusal, SubmissionRefused
from prova.assignments.upload_pace import begin_reading
from prova.assignments.uploads import read, read_with_modules_of, stored, upload_of

__all__ = ["SubmissionRefused", "submit_solution"]


def submit_solution(
    assignment: Assignment,
    learner: User,
    content: bytes | str,
    *,
    file_name: str = "",
    with_files_of: Submission | None = None,
    now: datetime | None = None,
) -> Submission:
    """`with_files_of`: an earlier one of the same learner, whose further files go with this main file.

    SubmissionRefused: nothing was stored; its sentence says what to do.
    """
    now = now or timezone.now()
    _refuse_outside_of_the_dates(assignment, now)
    _refuse_without_the_prerequisites(assignment, learner)
    if isinstance(content, bytes):
        upload = _read_at_a_pace(assignment, learner, content, file_name, now)
    else:
        upload = _read(content, file_name, with_files_of, assignment.exercise.metadata)
    with transaction.atomic():
        # One after the other for the same person, or two parallel requests would both be the last one allowed.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=learner.pk)
        _refuse_too_many(assignment, learner, now)
        submission = Submission.objects.create(
            assignment=assignment,
            exercise_id=assignment.exercise_id,
            learner=learner,
            source=upload.source,
            file_name=upload.file_name,
            upload=stored(upload),
            created_at=now,
            seed=secrets.randbits(62),
        )
        OutboxMessage.objects.create(submission=submission, nonce=submission.nonce)
        transaction.on_commit(publish_or_leave_it_to_the_sweeper)
    return submission


def _read_at_a_pace(
    assignment: Assignment, learner: User, content: bytes, file_name: str, now: datetime
) -> Upload:
    """A file, which may take long to be read or refused."""
    _refuse_too_many(assignment, learner, now)
    this = begin_reading(learner, now)
    upload = _read(content, file_name, None, assignment.exercise.metadata)
    this.delete()
    return upload


def _read(
    content: bytes | str, file_name: str, with_files_of: Submission | None, metadata: Mapping[str, Any]
) -> Upload:
    try:
        if with_files_of is not None and isinstance(content, str) and not file_name:
            return read_with_modules_of(upload_of(with_files_of), content, metadata)
        return read(content, file_name, metadata)
    except UploadRefused as refused:
        raise SubmissionRefused(refused) from None


def _refuse_outside_of_the_dates(assignment: Assignment, now: datetime) -> None:
    if assignment.opens_at and now < assignment.opens_at:
        raise SubmissionRefused(Refusal.NOT_OPEN_YET)
    if assignment.closes_at and now >= assignment.closes_at:
        raise SubmissionRefused(Refusal.CLOSED)


def _refuse_without_the_prerequisites(assignment: Assignment, learner: User) -> None:
    if missing := missing_for(assignment, learner):
        raise SubmissionRefused(Refusal.PREREQUISITES, titles=", ".join(each.title for each in missing))


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
