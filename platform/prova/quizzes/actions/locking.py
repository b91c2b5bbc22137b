"""Who holds which row, and until when answers are taken.

A start shares the quiz's row with other starts; whoever changes the quiz's rules takes it alone. So an attempt either
begins under the new rules, or is there already when the change moves the deadlines.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from prova.courses.models import Enrolment
from prova.quizzes.models import Attempt, AttemptItem, Layout, Quiz, Response
from prova.quizzes.refusals import AttemptOver, ItemChecked, PageNotOpen
from prova.rows import Columns, read_row, read_rows
from questionbank.kept import give_questions

#: An answer given in the last second may arrive a little later.
GRACE = timedelta(seconds=10)

ATTEMPT, QUIZ = Columns(Attempt, "attempt"), Columns(Quiz, "quiz")
ITEM, RESPONSE = Columns(AttemptItem, "item"), Columns(Response, "response")
_LOCKED_ATTEMPT = (
    f"SELECT {ATTEMPT}, {QUIZ} FROM quizzes_attempt attempt JOIN quizzes_quiz quiz ON quiz.id = attempt.quiz_id"
    " WHERE attempt.id = %s FOR NO KEY UPDATE OF attempt"
)
#: Never one statement with the lock: what waits for a lock sees the other tables as they were before it waited.
_ITEMS_ASKED = (
    f"SELECT {ITEM}, {RESPONSE}, (SELECT count(*) FROM quizzes_response WHERE attempt_item_id = item.id)"
    " FROM quizzes_attemptitem item LEFT JOIN LATERAL (SELECT * FROM quizzes_response WHERE attempt_item_id = item.id"
    " ORDER BY id DESC LIMIT 1) response ON true WHERE item.attempt_id = %s"
)


@dataclass(frozen=True)
class Asked:
    """A question of a locked attempt, and the answer that counts so far."""

    item: AttemptItem
    newest: Response | None
    kept: int  #: answers, with those before


def lock_attempt(attempt_id: int) -> Attempt:
    """With its quiz; previews too. Raises Attempt.DoesNotExist."""
    row = read_row(_LOCKED_ATTEMPT, [attempt_id], ATTEMPT, QUIZ)
    if row is None:
        raise Attempt.DoesNotExist
    attempt: Attempt = row[0]
    attempt.quiz = row[1]
    return attempt


def lock_for_answers(
    attempt_id: int, now: datetime, admit: Callable[[Attempt], None] = lambda attempt: None
) -> Attempt:
    """Raises Attempt.DoesNotExist, AttemptOver, and what `admit` raises."""
    attempt = lock_attempt(attempt_id)
    admit(attempt)
    if not attempt.is_open or is_overdue(attempt, now):
        raise AttemptOver
    return attempt


def item_to_answer(attempt: Attempt, item_id: int) -> Asked:
    """Of a locked attempt. Raises AttemptItem.DoesNotExist, PageNotOpen, ItemChecked."""
    asked = item_on_page(attempt, item_id)
    if asked.item.checked_at is not None:
        raise ItemChecked
    return asked


def item_on_page(attempt: Attempt, item_id: int) -> Asked:
    """Of a locked attempt. Raises AttemptItem.DoesNotExist, PageNotOpen."""
    row = read_row(f"{_ITEMS_ASKED} AND item.id = %s", [attempt.pk, item_id], ITEM, RESPONSE)
    if row is None:
        raise AttemptItem.DoesNotExist
    asked = Asked(*row)
    asked.item.attempt = attempt
    give_questions([asked.item])
    if goes_one_way(attempt.quiz) and asked.item.page != attempt.page:
        raise PageNotOpen
    return asked


def all_asked(attempt: Attempt) -> list[Asked]:
    """Of a locked attempt, in their order; one query, and two more where questions have not been read before."""
    statement = f"{_ITEMS_ASKED} ORDER BY item.position"
    asked = [Asked(*row) for row in read_rows(statement, [attempt.pk], ITEM, RESPONSE)]
    give_questions([each.item for each in asked])
    for each in asked:
        each.item.attempt = attempt
    return asked


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
