"""Hints: read one after the other, paid for once, for good."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse
from prova.quizzes.actions import save_response, start_attempt, submit_attempt, take_hint
from prova.quizzes.models import HintTaken, QuizItem
from prova.quizzes.refusals import AttemptOver

from tests.prova.quizzes import questions
from tests.questionbank.samples.pictures import HOTSPOT_VARIANT, hotspot

FIRST, SECOND = "think of both signs", "look at 0.2"
RIGHT = ["x1=-0.3", "y1=20", "x2=0.3", "y2=10"]


@pytest.fixture
def attempt(course, lin):
    quiz = questions.make_quiz(course, [(questions.single(), 1)])
    version = questions.publish(hotspot(), [HOTSPOT_VARIANT])
    QuizItem.objects.create(quiz=quiz, question=version.question, version=version, position=2, points=4)
    return start_attempt(quiz, lin)


@pytest.fixture
def item(attempt):
    return attempt.items.get(position=2)


@pytest.fixture
def client(signed_in, lin):
    return signed_in(lin)


def page_of(client, attempt, page="attempt") -> str:
    return client.get(reverse(f"quizzes:{page}", args=[attempt.pk])).content.decode()


def test_a_hint_says_its_price_first_and_nothing_else(client, attempt):
    page = page_of(client, attempt)
    assert "Hint 1 of 2" in page
    assert "Show the hint for 1 point" in page
    assert FIRST not in page
    assert SECOND not in page


def test_a_hint_is_shown_in_the_background_and_the_next_one_is_not(client, attempt, item):
    url = reverse("quizzes:hint", args=[attempt.pk, item.pk])
    said = client.post(url, {"number": "1"}).content.decode()
    assert FIRST in said
    assert SECOND not in said
    assert "Hint 2 of 2" in said
    assert FIRST in page_of(client, attempt)


def test_without_scripts_the_paper_is_saved_and_the_hint_taken(client, attempt, item):
    form = {f"item-{item.pk}.x1": "-0.3", f"item-{item.pk}.y1": "20", "then": f"hint:{item.pk}:1"}
    page = client.post(reverse("quizzes:attempt", args=[attempt.pk]), form, follow=True).content.decode()
    assert FIRST in page
    assert item.responses.get().raw == ["x1=-0.3", "y1=20"]


@pytest.mark.parametrize("number", ["0", "2", "3", "-1", "x", "", "9" * 40])
def test_only_the_next_hint_is_taken(client, attempt, item, number):
    client.post(reverse("quizzes:hint", args=[attempt.pk, item.pk]), {"number": number})
    assert not HintTaken.objects.exists()


def test_a_second_click_and_a_request_sent_again_pay_once(client, attempt, item):
    url = reverse("quizzes:hint", args=[attempt.pk, item.pk])
    for _ in range(3):
        client.post(url, {"number": "1"})
    assert [hint.number for hint in item.hints_taken.all()] == [1]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_time_take_one_hint(attempt, item):
    def click(_):
        try:
            take_hint(attempt.pk, item.pk, 1)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(click, range(4)))
    assert item.hints_taken.count() == 1


def test_no_hint_is_taken_after_the_end_or_of_somebody_elses_attempt(client, attempt, item, signed_in, sam):
    url = reverse("quizzes:hint", args=[attempt.pk, item.pk])
    assert signed_in(sam).post(url, {"number": "1"}).status_code == 404
    submit_attempt(attempt.pk)
    assert client.post(url, {"number": "1"}).status_code == 409
    with pytest.raises(AttemptOver):
        take_hint(attempt.pk, item.pk, 1)
    assert not HintTaken.objects.exists()


@pytest.mark.parametrize(("taken", "score"), [(0, 4.0), (1, 3.0), (2, 1.0)])
def test_what_was_read_is_taken_from_what_was_earned(client, attempt, item, taken, score):
    for number in range(1, taken + 1):
        take_hint(attempt.pk, item.pk, number)
    save_response(attempt.pk, item.pk, RIGHT, language="en")
    submit_attempt(attempt.pk)
    item.refresh_from_db()
    assert item.score == score
    page = page_of(client, attempt, "result")
    assert ("hint taken" in page or "hints taken" in page) == bool(taken)
    assert (SECOND in page) == (taken == 2)


def test_hints_make_no_wrong_answer_negative(attempt, item):
    take_hint(attempt.pk, item.pk, 1)
    save_response(attempt.pk, item.pk, ["x1=0", "y1=5"], language="en")
    assert submit_attempt(attempt.pk).score == 0.0


def test_questions_with_hints_cost_one_query_more_however_many(
    client, attempt, course, lin, django_assert_max_num_queries
):
    from django.test.utils import CaptureQueriesContext

    without = start_attempt(questions.make_quiz(course, [(questions.single(), 1)], slug="plain"), lin)
    with CaptureQueriesContext(connection) as plain:
        page_of(client, without)
    with CaptureQueriesContext(connection) as hinted:
        page_of(client, attempt)
    assert len(hinted) == len(plain) + 1
