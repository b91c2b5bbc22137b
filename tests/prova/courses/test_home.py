from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.courses.templatetags.prova import moment
from prova.quizzes.actions import start_attempt, submit_attempt
from prova.quizzes.actions.settings import accommodate

from tests.prova.quizzes import questions


@pytest.fixture
def quiz(course):
    return questions.make_quiz(
        course, [(questions.single(), 1)], closes_at=timezone.now() + timedelta(days=2)
    )


def home(signed_in, person):
    return signed_in(person).get(reverse("home")).content.decode()


def test_what_is_due_is_there_with_the_time_left(quiz, lin, signed_in):
    page = home(signed_in, lin)
    assert "Basics" in page
    assert "1 day and 23 hours left" in page


def test_an_open_attempt_is_one_click_away(quiz, lin, signed_in):
    attempt = start_attempt(quiz, lin)
    page = home(signed_in, lin)
    assert "Continue where you stopped" in page
    assert reverse("quizzes:attempt", args=[attempt.pk]) in page


def test_what_is_done_moves_to_the_results(quiz, lin, signed_in):
    attempt = start_attempt(quiz, lin)
    submit_attempt(attempt.pk)
    page = home(signed_in, lin)
    assert "Nothing is due" in page
    assert reverse("quizzes:result", args=[attempt.pk]) in page


def test_nobody_sees_another_person_s_work(quiz, lin, sam, signed_in):
    attempt = start_attempt(quiz, lin)
    submit_attempt(attempt.pk)
    page = home(signed_in, sam)
    assert "Basics" not in page
    assert "You are in no course yet" in page


def test_an_instructor_is_led_to_what_they_teach(quiz, ada, signed_in):
    page = home(signed_in, ada)
    assert reverse("teaching:course", args=[quiz.course.slug]) in page
    assert "To do" not in page


def test_an_empty_course_says_what_will_come(course, lin, signed_in):
    assert "will appear here" in home(signed_in, lin)


def test_the_course_page_shows_topics_and_progress(quiz, lin, signed_in):
    submit_attempt(start_attempt(quiz, lin).pk)
    page = signed_in(lin).get(reverse("courses:course", args=[quiz.course.slug])).content.decode()
    assert "Pruning" in page
    assert "1 of 1 done" in page


def test_what_is_due_has_the_dates_that_the_person_was_granted(quiz, lin, ada, signed_in):
    now = timezone.now()
    quiz.start_until, quiz.closes_at = now - timedelta(hours=1), now + timedelta(hours=1)
    quiz.save()
    assert "Nothing is due" in home(signed_in, lin)
    granted = {"start_until": now + timedelta(days=3, minutes=1), "closes_at": now + timedelta(days=9)}
    accommodate(quiz, lin, granted, by=ada)
    page = home(signed_in, lin)
    assert f"last start {moment(granted['start_until'])}" in page
    assert "3 days left" in page
    assert f"closes {moment(granted['closes_at'])}" in page


def test_its_cost_does_not_depend_on_how_much_there_is(course, lin, signed_in, django_assert_num_queries):
    for number in range(8):
        questions.make_quiz(course, [(questions.single(f"q-{number}"), 1)], slug=f"quiz-{number}")
    client = signed_in(lin)
    # session, user, enrolments, grades, quizzes, attempts, topics, accommodations, assignments, recent attempts and submissions
    with django_assert_num_queries(11):
        client.get(reverse("home"))
