"""What somebody may try against the rules of an exam: from elsewhere, too late, twice at once, with forged fields."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.actions.settings import accommodate, add_time, change_quiz
from prova.quizzes.entrance import Credentials
from prova.quizzes.models import Attempt, PasswordTry, Quiz, Response
from prova.quizzes.refusals import TooManyTries, WrongPassword

from tests import people
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
    item = attempt.items.select_related("version", "variant")[0]
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


@pytest.mark.parametrize("late", ["a later closing", "time given by hand"])
def test_keys_wait_until_nobody_can_use_them(quiz, attempt, client, course, late):
    """Who has finished could pass them on; and who was granted attempts could use them."""
    now, hour = timezone.now(), timedelta(hours=1)
    change_quiz(quiz.pk, {"closes_at": now + hour, "feedback_policy": "after_close"})
    mei = people._enrol(people._person("mei", "Mei", "Wang"), course, people.Role.LEARNER)
    other = start_attempt(Quiz.objects.get(), mei)
    if late == "a later closing":
        accommodate(Quiz.objects.get(), mei, {"closes_at": now + hour}, by=mei)
    else:
        add_time(quiz.pk, 3600)
    submit_attempt(attempt.pk)
    change_quiz(quiz.pk, {"closes_at": now - timedelta(minutes=1)})
    for page in (url("result", attempt.pk), url("quiz", course.slug, quiz.slug), reverse("home")):
        told = client.get(page).content.decode()
        assert "-explained" not in told
        assert "of 4 points" not in told
        assert "0 of 4" not in told
    assert "everybody has finished" in client.get(url("result", attempt.pk)).content.decode()
    practice = reverse("practice:begin", args=[course.slug])
    assert "nothing to practise" in client.post(practice, {"topic": "pruning"}, follow=True).content.decode()
    submit_attempt(other.pk)
    quiz.accommodations.all().delete()
    assert "-explained" in client.get(url("result", attempt.pk)).content.decode()


def together(times: int, what) -> list[object]:
    """The same at once, each on a connection of its own."""

    def one(_number: int) -> object:
        try:
            return what()
        except Exception as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


@pytest.mark.django_db(transaction=True)
def test_passwords_tried_at_once_are_counted_one_by_one(quiz, lin):
    change_quiz(quiz.pk, {"password": "sesame"})
    locked, shown = Quiz.objects.get(), Credentials(password="guess")
    said = together(16, lambda: start_attempt(locked, lin, credentials=shown))
    assert (said.count(WrongPassword), said.count(TooManyTries)) == (10, 6)
    assert PasswordTry.objects.count() == 10
    with pytest.raises(TooManyTries):
        start_attempt(locked, lin, credentials=Credentials(password="sesame"))


@pytest.mark.django_db(transaction=True)
def test_an_answer_checked_and_changed_at_once_keeps_what_was_checked(quiz, lin):
    change_quiz(quiz.pk, {"feedback_policy": "at_once"})
    attempt = start_attempt(Quiz.objects.get(), lin)
    client = Client()
    client.force_login(lin)
    item = attempt.items.select_related("version", "variant")[0]
    wrong, right = questions.raw_answer(item, "forgot_sign"), questions.right_answer(item)
    save_response(attempt.pk, item.pk, wrong, language="en")
    client.post(url("check", attempt.pk, item.pk))
    for form in ({"base": "0"}, {"tab": "b", "counter": "999"}, {}, {"language": "pt-br"}):
        for name in ("save", "item_language", "check"):
            client.post(url(name, attempt.pk, item.pk), {f"item-{item.pk}": right, **form})
    client.post(url("attempt", attempt.pk), {f"item-{item.pk}": right, "then": "save"})
    assert [response.raw for response in Response.objects.all()] == [wrong]
    assert submit_attempt(attempt.pk).score == 0


def test_fields_forged_in_a_save_touch_no_other_answer(quiz, attempt, client, course):
    mei = people._enrol(people._person("mei", "Mei", "Wang"), course, people.Role.LEARNER)
    theirs = start_attempt(quiz, mei).items.all()[0]
    mine = attempt.items.all()[0]
    save = url("save", attempt.pk, mine.pk)
    for form in (
        {f"item-{theirs.pk}": "x", "base": "-1", "counter": "-5"},
        {f"item-{mine.pk}": "x", "base": str(2**70), "counter": str(2**40), "tab": "a" * 400},
        {f"item-{mine.pk}": "y", "base": "\u0663", "counter": "1e9", "tab": "<script>"},
        {f"item-{mine.pk}": ["x" * 30_000] * 90, "tab": "\0"},
        {f"item-{mine.pk}.{'x' * 3000}": "1"},
    ):
        assert client.post(save, form).status_code in {200, 400, 409}
    assert client.post(url("save", attempt.pk, theirs.pk), {f"item-{theirs.pk}": "x"}).status_code == 404
    whole = {f"item-{theirs.pk}": "x", "then": f"check:{theirs.pk}", f"was-{theirs.pk}": "z"}
    assert client.post(url("attempt", attempt.pk), whole).status_code == 404
    assert not Response.objects.filter(attempt_item=theirs).exists()
    assert all(len(str(response.raw)) < 30_000 for response in Response.objects.all())
