"""Shadows: submissions judged anew in the background, and a shadow's mark in the place of the original's."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from prova.assignments.leaderboard.standings import write_standing
from prova.assignments.models import EventKind, OutboxMessage, State, Submission, SubmissionEvent


def begin_shadows(originals: Sequence[Submission], exercise_id: int) -> list[Submission]:
    """One for each, in their order; to be called in a transaction. They wait behind all live work."""
    now = timezone.now()
    shadows = Submission.with_shadows.bulk_create(
        Submission(
            assignment_id=original.assignment_id,
            exercise_id=exercise_id,
            learner_id=original.learner_id,
            seed=original.seed,
            shadow_of=original,
            created_at=now,
        )
        for original in originals
    )
    OutboxMessage.objects.bulk_create(
        OutboxMessage(submission=shadow, nonce=shadow.nonce) for shadow in shadows
    )
    return shadows


def replace_mark(
    submission: Submission, shadow: Submission, *, expected: UUID, detail: Mapping[str, Any]
) -> bool:
    """False: the mark is no longer that of the try `expected`, and is left as it is.

    Must be called with the submission's row locked; the grade is the caller's to set. From then on the mark is the
    shadow's: its nonce names it.
    """
    if submission.state != State.GRADED or submission.nonce != expected:
        return False
    old = {"score": submission.score, "max_score": submission.max_score}
    new = {"score": shadow.score, "max_score": shadow.max_score}
    if new != old:
        submission.regraded_at = timezone.now()
    submission.nonce, submission.exercise_id = shadow.nonce, shadow.exercise_id
    submission.score, submission.max_score = shadow.score, shadow.max_score
    submission.report = {**(shadow.report or {}), "submission_id": submission.pk}
    submission.hidden_details = shadow.hidden_details
    submission.save()
    write_standing(submission)
    SubmissionEvent.objects.create(
        submission=submission,
        kind=EventKind.REGRADED,
        nonce=submission.nonce,
        detail={**detail, "before": _text(old), "after": _text(new)},
    )
    return True


def _text(mark: Mapping[str, float | None]) -> str:
    return f"{mark['score']:g} / {mark['max_score']:g}"
