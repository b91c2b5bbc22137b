"""What somebody may try against the rules of an exam: from elsewhere, too late, twice at once, with forged fields."""

import pytest
from django.urls import reverse
from prova.quizzes.actions import save_response, start_attempt
from prova.quizzes.actions.settings import change_quiz
from prova.quizzes.models import Attempt, Quiz, Response

from tests.prova.quizzes import questions


@pytest.fixture
def quiz(course) -> Quiz:
    return questions.make_quiz(
        course, [(questions.single(), 1), (questions.multiple(), 2), (questions.number(), 1)]
    )


@pytest.fixture
def attempt(quiz, lin) -> Attempt:
    return start_attempt(quiz, lin)


@pytest.fixture
def client(lin, signed_in):
    return signed_in(lin)


def url(name: str, *parts: object) -> str:
    return reverse(f"quizzes:{name}", args=parts)


OUTSIDE = [
    {"REMOTE_ADDR": "203.0.113.7"},
    {"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": "10.1.1.1"},
    {"REMOTE_ADDR": "203.0.113.7", "HTTP_X_REAL_IP": "10.1.1.1", "HTTP_FORWARDED": "for=10.1.1.1"},
    {"REMOTE_ADDR": "::ffff:203.0.113.7"},
    {"REMOTE_ADDR": ""},
]


@pytest.mark.parametrize("sender", OUTSIDE)
def test_from_outside_the_network_nothing_of_an_open_attempt_is_told_or_changed(
    quiz, attempt, client, sender
):
    change_quiz(quiz.pk, {"networks": ["10.0.0.0/8"], "feedback_policy": "at_once"})
    item = attempt.items.select_related("version", "variant").first()
    save_response(attempt.pk, item.pk, questions.right_answer(item), language="en")
    asked = [client.get(url("attempt", attempt.pk), **sender)]
    forms = {"save": {}, "flag": {"is_flagged": "on"}, "item_language": {"language": "pt-br"}}
    for name, form in {**forms, "hint": {"number": "1"}, "check": {}}.items():
        asked.append(client.post(url(name, attempt.pk, item.pk), form, **sender))
    asked.append(client.post(url("attempt", attempt.pk), {"then": f"check:{item.pk}"}, **sender))
    assert {answer.status_code for answer in asked} == {403}
    assert not any("which-is-smaller" in answer.content.decode() for answer in asked)
    item.refresh_from_db()
    assert (item.checked_at, item.is_flagged, item.language) == (None, False, "")
    assert Response.objects.count() == 1
