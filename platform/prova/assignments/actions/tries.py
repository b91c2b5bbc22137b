"""The next try of a submission whose grading failed on our side, and the end of trying."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from prova.assignments.models import EventKind, OutboxMessage, State, Submission, SubmissionEvent


def try_again_or_give_up(submission: Submission, why: str) -> None:
    """Must be called with the submission's row locked. `why` is for the operator and the instructor."""
    if submission.tries >= settings.GRADING_TRIES:
        _give_up(submission, why)
    else:
        _begin_try(submission)


def grade_again(submission_id: int) -> bool:
    """After our failure was repaired, an instructor may ask for three more tries. False: it is not in that state."""
    with transaction.atomic():
        submission = Submission.with_shadows.select_for_update().get(pk=submission_id)
        if submission.state != State.SYSTEM_ERROR:
            return False
        submission.tries = 0
        _begin_try(submission)
    return True


def _begin_try(submission: Submission) -> None:
    # A new nonce: whatever still runs under the old one can report, and changes nothing.
    submission.nonce = uuid4()
    submission.tries += 1
    submission.state = State.QUEUED
    submission.started_at = submission.graded_at = submission.deadline_at = submission.published_at = None
    submission.progress = {}
    if submission.shadow_of_id is None:  # those of one regrade are all judged with the same version
        # Graders hold the newest version of an exercise only.
        submission.exercise_id = submission.assignment.exercise_id
    submission.save()
    OutboxMessage.objects.create(
        submission=submission, nonce=submission.nonce, due_at=timezone.now() + _pause_before(submission.tries)
    )


def _pause_before(tries: int) -> timedelta:
    """The second try at once, the third when what troubled the first two has had time to end."""
    return timedelta(seconds=0 if tries <= 2 else settings.SWEEP_INTERVAL_S)


def _give_up(submission: Submission, why: str) -> None:
    submission.state = State.SYSTEM_ERROR
    submission.graded_at = timezone.now()
    submission.deadline_at = None
    submission.save()
    SubmissionEvent.objects.create(
        submission=submission, kind=EventKind.SYSTEM_ERROR, nonce=submission.nonce, detail={"why": why}
    )
