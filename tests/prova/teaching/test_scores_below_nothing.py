"""With the guessing penalty one answer can cost more than it earns; every page that counts scores takes it."""

import csv
import io

import pytest
from django.urls import reverse
from prova.bank.figures import figures_in
from prova.gradebook.models import GradebookEntry
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.models import AttemptItem
from prova.teaching.figures import bin_counts

from tests.prova.quizzes import questions
from tests.prova.teaching import classroom


@pytest.fixture
def quiz(course):
    asked = [(questions.single(), 3), (questions.single("another"), 3)]
    return questions.make_quiz(course, asked, guessing_penalty=True)


@pytest.fixture
def wrong(course, quiz):
    """Attempts of a class that guesses wrong everywhere but for the first."""
    attempts = []
    for number, learner in enumerate(classroom.make_learners(course, 11)):
        attempt = start_attempt(quiz, learner)
        for item in attempt.items.select_related("version", "variant"):
            chosen = "int8_right" if number == 0 else "forgot_sign"
            save_response(attempt.pk, item.pk, questions.raw_answer(item, chosen), language="en")
        attempts.append(submit_attempt(attempt.pk))
    return attempts


def test_a_question_may_cost_points_on_average_and_an_attempt_never(course, quiz, wrong):
    assert set(AttemptItem.objects.values_list("score", flat=True)) == {3.0, -1.5}
    assert [attempt.score for attempt in wrong] == [6.0] + [0.0] * 10
    assert {entry.points for entry in GradebookEntry.objects.all()} == {6.0, 0.0}
    facility = (1 - 10 / 2) / 11
    figures = figures_in([course.pk])
    assert [each.facility for each in figures.values()] == [pytest.approx(facility)] * 2
    assert [each.discrimination for each in figures.values()] == [pytest.approx(1.0)] * 2


def test_what_lies_below_nothing_is_in_the_first_part_of_a_histogram():
    assert bin_counts([-0.5, 0.0, 1.0], 2) == (2, 1)


@pytest.mark.parametrize("language", ["en", "pt-br"])
def test_pages_and_downloads_of_instructors_tell_it(course, quiz, wrong, as_ada, language):
    as_ada.cookies["language"] = language
    for address in (
        reverse("teaching:quiz_results", args=[course.slug, quiz.slug]),
        reverse("teaching:course", args=[course.slug]),
        reverse("teaching:questions", args=[course.slug]),
        reverse("teaching:question", args=[course.slug, "another"]),
        reverse("teaching:attempt", args=[course.slug, quiz.slug, wrong[1].pk]),
        reverse("bank:question", args=["another"]),
        "/bank/?sort=facility&facility_to=0",
    ):
        page = as_ada.get(address)
        assert page.status_code == 200, address
        assert 'width="-' not in page.content.decode(), address
        assert 'height="-' not in page.content.decode(), address
    listed = as_ada.get("/bank/", {"facility_to": "0"}).context["rows"]
    assert len(listed) == 2
    text = as_ada.get(reverse("bank:bank_csv")).content.decode().lstrip("\ufeff")
    assert {row["facility"][:5] for row in csv.DictReader(io.StringIO(text))} == {"-0.36"}


def test_the_learner_s_pages_tell_what_it_cost(course, quiz, wrong, signed_in):
    learner = signed_in(wrong[1].learner)
    result = learner.get(reverse("quizzes:result", args=[wrong[1].pk])).content.decode()
    assert "1.5" in result
    for address in (reverse("courses:course", args=[course.slug]), reverse("home")):
        assert learner.get(address).status_code == 200
    assert learner.get(reverse("practice:topics", args=[course.slug])).status_code == 200
