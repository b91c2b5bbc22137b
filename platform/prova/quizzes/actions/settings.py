"""Rules of a quiz, and what single learners are granted. Whatever changes moves the ends of open attempts at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from prova.accounts.models import User
from prova.quizzes.actions.locking import lock_enrolment, lock_quiz, share_quiz
from prova.quizzes.authoring_refusals import QuizTaken
from prova.quizzes.models import Accommodation, Attempt, Quiz
from prova.quizzes.timing import deadline

#: how papers are made up; not to be changed below somebody's pen
_OF_THE_PAPER = frozenset({"layout", "is_one_way"})


@transaction.atomic
def change_quiz(quiz_id: int, changes: Mapping[str, Any]) -> Quiz:
    """Raises QuizTaken for what papers are made of, once there are attempts."""
    quiz = lock_quiz(quiz_id)
    changed = [field for field, value in changes.items() if getattr(quiz, field) != value]
    if _OF_THE_PAPER.intersection(changed) and (count := quiz.attempts.count()):
        raise QuizTaken(count)
    for field in changed:
        setattr(quiz, field, changes[field])
    if quiz.password:
        quiz.awaits_password = False
    quiz.save(update_fields=[*changed, "awaits_password"])
    _move_deadlines(quiz)
    return quiz


@transaction.atomic
def accommodate(quiz: Quiz, learner: User, granted: Mapping[str, Any], *, by: User) -> Accommodation:
    """Raises Enrolment.DoesNotExist: not in the course."""
    lock_enrolment(quiz.course_id, learner.pk)
    values = {**granted, "given_by": by}
    found, _is_new = Accommodation.objects.update_or_create(quiz=quiz, learner=learner, defaults=values)
    _move_deadlines(share_quiz(quiz.pk), learner.pk)
    return found


@transaction.atomic
def withdraw_accommodation(quiz: Quiz, learner: User) -> None:
    """Raises Enrolment.DoesNotExist."""
    lock_enrolment(quiz.course_id, learner.pk)
    Accommodation.objects.filter(quiz=quiz, learner=learner).delete()
    _move_deadlines(share_quiz(quiz.pk), learner.pk)


@transaction.atomic
def add_time(quiz_id: int, seconds: int, attempts: Iterable[int] | None = None) -> int:
    """To these open attempts, or to all: whatever else would end them. Says how many have got it."""
    quiz = lock_quiz(quiz_id)
    running = Attempt.objects.filter(quiz=quiz, submitted_at__isnull=True, deadline_at__isnull=False)
    if attempts is not None:
        running = running.filter(pk__in=list(attempts))
    count = running.update(added_s=F("added_s") + seconds)
    _move_deadlines(quiz)
    return count


def _move_deadlines(quiz: Quiz, learner_id: int | None = None) -> None:
    running = Attempt.objects.select_for_update(no_key=True).filter(quiz=quiz, submitted_at__isnull=True)
    if learner_id is not None:
        running = running.filter(learner_id=learner_id)
    granted = {each.learner_id: each.allowance() for each in Accommodation.objects.filter(quiz=quiz)}
    moved = []
    for attempt in running.order_by("pk"):
        allowance = granted.get(attempt.learner_id)
        end = deadline(quiz.time_rules(), allowance, attempt.started_at, added_s=attempt.added_s)
        if end != attempt.deadline_at:
            attempt.deadline_at = end
            moved.append(attempt)
    Attempt.objects.bulk_update(moved, ["deadline_at"])
