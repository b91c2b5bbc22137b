from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.quizzes.actions import start_attempt, submit_attempt
from prova.quizzes.admission import QuizState, admission
from prova.quizzes.models import Attempt, Quiz


def url_of(quiz):
    return reverse("quizzes:quiz", args=[quiz.course.slug, quiz.slug])


def test_it_says_what_one_lets_oneself_in_for(quiz, lin, signed_in):
    Quiz.objects.update(time_limit_s=5400, attempts_allowed=3, counts="last")
    page = signed_in(lin).get(url_of(quiz)).content.decode()
    for said in (
        "3, 4 points in all",
        "1 hour and 30 minutes",
        "3 of 3 left",
        "the last one counts",
        "Start the quiz",
    ):
        assert said in page


def test_looking_starts_nothing(quiz, lin, signed_in):
    signed_in(lin).get(url_of(quiz))
    assert not Attempt.objects.exists()


def test_an_open_attempt_is_continued_with_one_click(quiz, lin, attempt, signed_in):
    page = signed_in(lin).get(url_of(quiz)).content.decode()
    assert reverse("quizzes:attempt", args=[attempt.pk]) in page
    assert "Start the quiz" not in page


def test_past_attempts_are_listed_with_their_score(quiz, lin, attempt, signed_in):
    submit_attempt(attempt.pk)
    page = signed_in(lin).get(url_of(quiz)).content.decode()
    assert "0 of 4" in page
    assert reverse("quizzes:result", args=[attempt.pk]) in page


def test_an_instructor_sees_it_without_a_start_button(quiz, ada, signed_in):
    page = signed_in(ada).get(url_of(quiz)).content.decode()
    assert "You are an instructor" in page
    assert reverse("quizzes:start", args=[quiz.course.slug, quiz.slug]) not in page


def test_to_a_stranger_it_does_not_exist(quiz, sam, signed_in):
    assert signed_in(sam).get(url_of(quiz)).status_code == 404


@pytest.mark.parametrize(
    ("tries", "allowed", "opens_in_h", "closes_in_h", "expected"),
    [
        (0, None, None, None, QuizState.NEW),
        (1, None, None, None, QuizState.AGAIN),
        (1, 1, None, None, QuizState.USED_UP),
        (0, None, 1, None, QuizState.NOT_YET),
        (0, None, None, -1, QuizState.CLOSED),
        (1, 1, None, -1, QuizState.CLOSED),
    ],
)
def test_what_a_learner_may_do(quiz, lin, tries, allowed, opens_in_h, closes_in_h, expected):
    for _ in range(tries):
        submit_attempt(start_attempt(quiz, lin).pk)
    now = timezone.now()
    quiz.attempts_allowed = allowed
    quiz.opens_at = None if opens_in_h is None else now + timedelta(hours=opens_in_h)
    quiz.closes_at = None if closes_in_h is None else now + timedelta(hours=closes_in_h)
    assert admission(quiz, tuple(quiz.attempts.order_by("number")), now).state is expected
