"""What a learner, or a stranger, could do to the site, as found in a review: each was tried and worked once."""

import uuid

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from prova.accounts.models import User
from prova.quizzes.actions import start_attempt
from prova.quizzes.models import Response

from tests.prova.quizzes import questions

TRIES = 12
RIGHT = "correct horse battery"


@pytest.fixture
def staff(db) -> User:
    return User.objects.create(username="root", password=make_password(RIGHT), is_staff=True)


@pytest.fixture
def attempt(course, lin):
    return start_attempt(questions.make_quiz(course, [(questions.number(), 1)]), lin)


def test_a_password_of_staff_is_not_guessed_on_the_admin_s_own_page(staff):
    client, page = Client(), reverse("admin:login")

    for _ in range(TRIES):
        client.post(page, {"username": "root", "password": uuid.uuid4()})
    client.post(page, {"username": "root", "password": RIGHT})

    assert "_auth_user_id" not in client.session


def test_a_password_of_staff_still_opens_the_admin(staff):
    client = Client()

    client.post(reverse("admin:login"), {"username": "root", "password": RIGHT})

    assert client.session["_auth_user_id"] == str(staff.pk)


def test_a_learner_s_password_does_not_open_the_admin(lin):
    client = Client()

    client.post(reverse("admin:login"), {"username": "lin", "password": RIGHT})

    assert "_auth_user_id" not in client.session


def test_a_password_is_not_guessed_for_a_token(lin):
    def ask(password: str, number: int) -> int:
        pretended = {"HTTP_X_FORWARDED_FOR": f"10.0.0.{number}"}
        form = {"username": "lin", "password": password}
        return Client().post(reverse("assignments:api_token"), form, **pretended).status_code

    assert ask(RIGHT, 100) == 200
    assert {ask(uuid.uuid4().hex, number) for number in range(TRIES)} == {400, 429}
    assert ask(RIGHT, 101) == 429


@pytest.mark.parametrize(
    "word", ["foo", "login", "a.b", "//example.org", "/\\example.org", "javascript:alert(1)"]
)
def test_preferences_lead_to_a_page_of_the_site_only(db, word):
    answer = Client().post(reverse("accounts:preferences"), {"next": word, "theme": "dark"})

    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("text", ["\0", "1\x002", "9" * 100_000])
def test_any_text_may_be_given_as_an_answer_and_little_of_it_is_kept(attempt, lin, signed_in, text):
    item = attempt.items.get()

    answer = signed_in(lin).post(
        reverse("quizzes:save", args=[attempt.pk, item.pk]), {f"item-{item.pk}": text}
    )

    assert answer.status_code == 200
    assert len(Response.objects.get().raw[0]) <= 1000


@pytest.mark.xfail(strict=True, reason="int() refuses more than 4300 digits")
def test_a_question_with_a_number_of_any_length_does_not_exist(attempt, lin, signed_in):
    client = signed_in(lin)
    client.raise_request_exception = False

    answer = client.post(reverse("quizzes:attempt", args=[attempt.pk]), {"then": f"flag:{'9' * 5000}:on"})

    assert answer.status_code == 404


@pytest.mark.xfail(
    strict=True, reason="Python's JSON reader raises RecursionError, which nobody takes for bad JSON"
)
def test_deeply_nested_json_is_bad_json(db):
    client = Client(raise_request_exception=False)

    answer = client.post(reverse("assignments:api_token"), "[" * 200_000, content_type="application/json")

    assert answer.status_code == 400
