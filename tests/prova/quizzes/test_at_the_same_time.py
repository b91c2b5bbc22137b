"""Two requests at once, on real connections: one attempt, one score, one grade."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from prova.gradebook.models import GradebookEntry, GradeChange
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.actions.settings import change_quiz
from prova.quizzes.models import Attempt, Response
from prova.quizzes.refusals import AttemptOver, SavedElsewhere
from prova.quizzes.saving import Base

from tests import people
from tests.prova.quizzes import questions

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


@pytest.fixture
def course(transactional_db):
    return people.make_course()


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call returned, or the refusal it raised."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=10)
            return call()
        except (AttemptOver, SavedElsewhere) as over:
            return over
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_starting_at_once_is_one_attempt(quiz, lin):
    started = at_once(*[lambda: start_attempt(quiz, lin)] * AT_ONCE)
    assert len({attempt.pk for attempt in started}) == 1
    assert Attempt.objects.get().items.count() == 3


def test_submitting_at_once_is_one_grade(quiz, lin):
    attempt = start_attempt(quiz, lin)
    at_once(*[lambda: submit_attempt(attempt.pk)] * AT_ONCE)
    assert GradebookEntry.objects.count() == GradeChange.objects.count() == 1


def test_an_answer_given_while_submitting_is_in_the_score_or_refused(quiz, lin):
    attempt = start_attempt(quiz, lin)
    item = attempt.items.select_related("version", "variant").get(position=1)
    right = questions.right_answer(item)
    saved, submitted = at_once(
        lambda: save_response(attempt.pk, item.pk, right, language="en"),
        lambda: submit_attempt(attempt.pk),
    )
    was_refused = isinstance(saved, AttemptOver)
    assert submitted.score == (0.0 if was_refused else 1.0)
    assert Response.objects.count() == (0 if was_refused else 1)


def test_two_tabs_that_save_at_once_never_undo_each_other_unseen(quiz, lin):
    attempt = start_attempt(quiz, lin)
    item = attempt.items.select_related("version", "variant").get(position=3)

    def save(tab: str) -> Callable[[], Any]:
        base = Base(response_id=0, tab=tab, tab_counter=1)
        return lambda: save_response(attempt.pk, item.pk, [tab], language="en", base=base)

    outcomes = at_once(*[save(str(tab)) for tab in range(AT_ONCE)])
    refused = [outcome for outcome in outcomes if isinstance(outcome, SavedElsewhere)]
    assert len(refused) == AT_ONCE - 1
    stored = Response.objects.get()
    assert all(refusal.stored.pk == stored.pk for refusal in refused)


def test_an_attempt_that_starts_while_the_rules_change_ends_by_the_new_ones(quiz, lin):
    def change() -> Any:
        return change_quiz(quiz.pk, {"time_limit_s": 600})

    at_once(lambda: start_attempt(quiz, lin), change)
    attempt = Attempt.objects.get()
    assert attempt.deadline_at == attempt.started_at + timedelta(seconds=600)
