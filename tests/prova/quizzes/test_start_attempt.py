from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from prova.quizzes.actions import start_attempt, submit_attempt
from prova.quizzes.models import Attempt, Quiz
from prova.quizzes.refusals import NoAttemptsLeft, NotOpen

from questionbank.variant import Variant
from tests.prova.quizzes import questions


def start_url(quiz: Quiz) -> str:
    return reverse("quizzes:start", args=[quiz.course.slug, quiz.slug])


def test_it_works(quiz, lin, signed_in):
    response = signed_in(lin).post(start_url(quiz))
    attempt = Attempt.objects.get()
    assert response.url == reverse("quizzes:attempt", args=[attempt.pk])
    assert (attempt.number, attempt.max_score, attempt.items.count()) == (1, 4.0, 3)
    assert [item.position for item in attempt.items.all()] == [1, 2, 3]


def test_starting_is_a_decision_no_link_takes(quiz, lin, signed_in):
    assert signed_in(lin).get(start_url(quiz)).status_code == 405
    assert not Attempt.objects.exists()


def test_a_stranger_sees_no_quiz(quiz, sam, signed_in):
    assert signed_in(sam).post(start_url(quiz)).status_code == 404


def test_an_instructor_does_not_take_the_quiz(quiz, ada, signed_in):
    assert signed_in(ada).post(start_url(quiz)).status_code == 403


def test_an_unpublished_quiz_does_not_exist(quiz, lin, signed_in):
    Quiz.objects.update(is_published=False)
    assert signed_in(lin).post(start_url(quiz)).status_code == 404


def test_starting_again_continues_the_open_attempt(quiz, lin, attempt):
    assert start_attempt(quiz, lin).pk == attempt.pk


def test_the_database_holds_one_open_attempt_only(quiz, lin, attempt):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            quiz=quiz, learner=lin, number=2, seed=1, started_at=timezone.now(), max_score=1.0
        )


def test_attempts_are_counted(quiz, lin):
    quiz.attempts_allowed = 2
    quiz.save()
    for number in (1, 2):
        attempt = start_attempt(quiz, lin)
        assert attempt.number == number
        submit_attempt(attempt.pk)
    with pytest.raises(NoAttemptsLeft):
        start_attempt(quiz, lin)


@pytest.mark.parametrize(
    ("opens_in_min", "closes_in_min"), [(5, None), (5, 10), (None, -5), (-10, -5)], ids=str
)
def test_a_quiz_that_is_not_open_cannot_be_started(quiz, lin, opens_in_min, closes_in_min):
    now = timezone.now()
    quiz.opens_at = None if opens_in_min is None else now + timedelta(minutes=opens_in_min)
    quiz.closes_at = None if closes_in_min is None else now + timedelta(minutes=closes_in_min)
    quiz.save()
    with pytest.raises(NotOpen):
        start_attempt(quiz, lin)


@pytest.mark.parametrize(
    ("limit_min", "closes_in_min", "expected_min"),
    [(None, None, None), (30, None, 30), (None, 20, 20), (30, 20, 20)],
)
def test_the_deadline_is_the_limit_or_the_closing_time_whichever_is_first(
    quiz, lin, limit_min, closes_in_min, expected_min
):
    now = timezone.now()
    quiz.time_limit_s = None if limit_min is None else limit_min * 60
    quiz.closes_at = None if closes_in_min is None else now + timedelta(minutes=closes_in_min)
    quiz.save()
    deadline = start_attempt(quiz, lin, now).deadline_at
    assert deadline == (None if expected_min is None else now + timedelta(minutes=expected_min))


def test_an_attempt_takes_one_of_the_variants_drawn_at_publishing(course, lin):
    variants = [Variant(params={"n": number}) for number in range(5)]
    quiz = questions.make_quiz(course, [])
    version = questions.publish(questions.single(), variants)
    quiz.items.create(question=version.question, version=version, position=1)
    (item,) = start_attempt(quiz, lin).items.all()
    assert item.variant in version.variants.all()


def test_a_new_version_does_not_change_an_attempt_under_way(quiz, lin, attempt):
    before = attempt.items.get(position=3).version
    after = questions.publish(questions.number(key=2048.0))
    quiz.items.filter(position=3).update(version=after)
    assert before != after
    assert start_attempt(quiz, lin).items.get(position=3).version == before


def test_starting_costs_the_same_for_three_questions_and_for_fifteen(course, lin, django_assert_num_queries):
    many = [(questions.single(f"question-{number}"), 1) for number in range(15)]
    long_quiz = questions.make_quiz(course, many, slug="long")
    with django_assert_num_queries(10):
        start_attempt(long_quiz, lin)
