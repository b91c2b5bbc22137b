"""Who holds which row, and until when answers are taken.

A start shares the quiz's row with other starts; whoever changes the quiz's rules takes it alone. So an attempt either
begins under the new rules, or is there already when the change moves the deadlines.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from prova.courses.models import Enrolment
from prova.quizzes.models import Attempt, AttemptItem, Layout, Quiz
from prova.quizzes.refusals import AttemptOver, ItemChecked, PageNotOpen
from questionbank.kept import give_questions

#: An answer given in the last second may arrive a little later.
GRACE = timedelta(seconds=10)


def lock_attempt(attempt_id: int) -> Attempt:
    attempts = Attempt.with_previews.select_for_update(no_key=True, of=("self",))
    return attempts.select_related("quiz").get(pk=attempt_id)


def lock_for_answers(
    attempt_id: int, now: datetime, admit: Callable[[Attempt], None] = lambda attempt: None
) -> Attempt:
    """Raises Attempt.DoesNotExist, AttemptOver, and what `admit` raises."""
    attempt = lock_attempt(attempt_id)
    admit(attempt)
    if not attempt.is_open or is_overdue(attempt, now):
        raise AttemptOver
    return attempt


def item_to_answer(attempt: Attempt, item_id: int) -> AttemptItem:
    """Of a locked attempt. Raises AttemptItem.DoesNotExist, PageNotOpen, ItemChecked."""
    item = item_on_page(attempt, item_id)
    if item.checked_at is not None:
        raise ItemChecked
    return item


def item_on_page(attempt: Attempt, item_id: int) -> AttemptItem:
    """Raises AttemptItem.DoesNotExist, PageNotOpen."""
    item = AttemptItem.objects.get(attempt_id=attempt.pk, pk=item_id)
    item.attempt = attempt
    give_questions([item])
    if goes_one_way(attempt.quiz) and item.page != attempt.page:
        raise PageNotOpen
    return item


def goes_one_way(quiz: Quiz) -> bool:
    return quiz.is_one_way and quiz.layout != Layout.ALL


def is_overdue(attempt: Attempt, now: datetime) -> bool:
    return attempt.is_open and attempt.deadline_at is not None and attempt.deadline_at + GRACE <= now


def share_quiz(quiz_id: int) -> Quiz:
    """As it is now, and it stays so until the transaction ends."""
    return Quiz.objects.raw("SELECT * FROM quizzes_quiz WHERE id = %s FOR SHARE", [quiz_id])[0]


def lock_quiz(quiz_id: int) -> Quiz:
    return Quiz.objects.select_for_update(no_key=True).get(pk=quiz_id)


def lock_enrolment(course_id: int, learner_id: int) -> Enrolment:
    """One start, or one change of what a learner is granted, at a time. Raises Enrolment.DoesNotExist."""
    return Enrolment.objects.select_for_update(no_key=True).get(course_id=course_id, user_id=learner_id)
