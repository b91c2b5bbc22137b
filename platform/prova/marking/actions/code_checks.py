"""Answers that are code: handed to the graders as submissions of an unlisted assignment, by the same outbox."""

import logging
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from prova.assignments.models import Assignment, Exercise, OutboxMessage, Submission
from prova.quizzes.models import Attempt, AttemptItem
from prova.quizzes.responses import newest_responses
from questionbank.items import Marking
from questionbank.questions import definition_of

log = logging.getLogger(__name__)

_BATCH = 100


def begin_code_checks(attempt: Attempt, items: Iterable[AttemptItem]) -> int:
    """Within the transaction that submits the attempt, whose row is locked: from its commit on, they will be checked.

    An exercise that is not loaded is the operator's turn; the sweeper looks again.
    """
    waiting = [item for item in items if item.pending == Marking.SANDBOX]
    responses = newest_responses([item.pk for item in waiting]) if waiting else {}
    begun = 0
    for item in waiting:
        source = ((responses[item.pk].value if item.pk in responses else None) or {}).get("source", "")
        begun += hand_in(attempt, item, source) is not None
    return begun


def hand_in(attempt: Attempt, item: AttemptItem, source: str, *, is_trial: bool = False) -> Submission | None:
    """None: the exercise is not loaded."""
    code = definition_of(item.version).code
    holder = _holder(attempt.quiz.course_id, code.exercise) if code else None
    if holder is None:
        log.error("question %s of %s names an exercise that is not loaded", item.position, attempt)
        return None
    submission = Submission.objects.create(
        assignment=holder,
        exercise_id=holder.exercise_id,
        learner_id=attempt.learner_id,
        source=source,
        seed=secrets.randbits(62),
        attempt_item=item,
        is_trial=is_trial,
    )
    OutboxMessage.objects.create(submission=submission, nonce=submission.nonce)
    transaction.on_commit(_publish)
    return submission


def begin_missing_code_checks() -> int:
    """For the sweeper: what could not be handed in, since its exercise was not loaded."""
    handed_in = Submission.with_shadows.filter(attempt_item=OuterRef("pk"), is_trial=False)
    waiting = AttemptItem.objects.filter(~Exists(handed_in), pending=Marking.SANDBOX)
    begun = 0
    for attempt_id in list(waiting.order_by().values_list("attempt_id", flat=True).distinct()[:_BATCH]):
        with transaction.atomic():
            attempt = (
                Attempt.with_previews.select_for_update(no_key=True, of=("self",))
                .select_related("quiz")
                .get(pk=attempt_id)
            )
            missing = waiting.filter(attempt=attempt).select_related("version")
            begun += begin_code_checks(attempt, missing)
    return begun


def _holder(course_id: int, exercise_slug: str) -> Assignment | None:
    slug = f"in-quizzes-{exercise_slug}"[:100]
    found = Assignment.with_unlisted.filter(course_id=course_id, slug=slug, is_unlisted=True).first()
    if found is not None:
        return found
    exercise = _newest(exercise_slug)
    if exercise is None:
        return None
    holder, _ = Assignment.with_unlisted.get_or_create(
        course_id=course_id,
        slug=slug,
        defaults={"exercise_slug": exercise_slug, "exercise": exercise, "is_unlisted": True},
    )
    return holder if holder.is_unlisted else None


def _newest(exercise_slug: str) -> Exercise | None:
    """The version that `load_exercises` has moved assignments to; without any, the one loaded last."""
    used = Exercise.objects.filter(slug=exercise_slug, assignments__isnull=False).order_by("-pk").first()
    return used or Exercise.objects.filter(slug=exercise_slug).order_by("-pk").first()


def _publish() -> None:
    # Publishing records, recording sweeps, sweeping submits attempts, and that comes here.
    from prova.assignments.actions.publish import publish_or_leave_it_to_the_sweeper

    publish_or_leave_it_to_the_sweeper()
