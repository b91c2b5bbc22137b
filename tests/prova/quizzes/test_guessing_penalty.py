import pytest
from django.urls import reverse
from prova.quizzes.actions import save_response, start_attempt, submit_attempt

from tests.prova.quizzes import questions


@pytest.fixture
def attempt(course, lin):
    asked = [(questions.single(), 3), (questions.single("another"), 3), (questions.multiple(), 2)]
    return start_attempt(questions.make_quiz(course, asked, guessing_penalty=True), lin)


def answer(attempt, position, *options):
    item = attempt.items.get(position=position)
    save_response(attempt.pk, item.pk, questions.raw_answer(item, *options), language="en")


def test_a_wrong_single_choice_costs_what_guessing_gains(attempt):
    answer(attempt, 1, "int8_right")
    answer(attempt, 2, "forgot_sign")
    assert submit_attempt(attempt.pk).score == 3 - 3 / 2
    assert attempt.items.get(position=2).score == -1.5


def test_the_score_of_an_attempt_never_falls_below_nothing(attempt):
    answer(attempt, 1, "forgot_sign")
    answer(attempt, 3, "faster_always")
    assert submit_attempt(attempt.pk).score == 0.0
    assert attempt.items.get(position=3).score == 0.0


def test_no_answer_costs_nothing(attempt):
    assert submit_attempt(attempt.pk).score == 0.0
    assert {item.score for item in attempt.items.all()} == {0.0}


def test_the_page_before_and_every_card_say_so(attempt, signed_in, lin):
    client = signed_in(lin)
    quiz = attempt.quiz
    before = client.get(reverse("quizzes:quiz", args=[quiz.course.slug, quiz.slug])).content.decode()
    assert "a wrong choice costs what guessing would gain" in before
    page = client.get(reverse("quizzes:attempt", args=[attempt.pk])).content.decode()
    assert page.count("A wrong answer costs 1.5 points; no answer costs nothing.") == 2


def test_without_the_switch_nothing_is_taken_or_said(course, lin, signed_in):
    attempt = start_attempt(questions.make_quiz(course, [(questions.single(), 3)]), lin)
    answer(attempt, 1, "forgot_sign")
    page = signed_in(lin).get(reverse("quizzes:attempt", args=[attempt.pk])).content.decode()
    assert "A wrong answer costs" not in page
    assert submit_attempt(attempt.pk).score == 0.0
