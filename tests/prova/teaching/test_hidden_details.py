"""Instructors read how hidden checks failed, and decide when their students may."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.models import HiddenDetailsDecision, Submission

from grader.report import Verdict
from tests.prova.assignments import samples
from tests.prova.assignments.test_hidden_details import CONCEALED, DETAIL, SECRET

HIDDEN = "details of hidden checks below are hidden from students"


@pytest.fixture
def graded(assignment, lin) -> Submission:
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    record_report(
        samples.report_of(
            submission,
            samples.failed(verdict=Verdict.CPU_LIMIT, runs=3),
            CONCEALED,
            hidden_details=(DETAIL,),
            cpu_model="A very fast one (x86_64)",
            cpu_scale=1.25,
        )
    )
    return submission


@pytest.fixture
def decide(course, assignment):
    return reverse("teaching:decide_hidden_details", args=[course.slug, assignment.slug])


@pytest.fixture
def page(course, assignment):
    return reverse("teaching:hidden_details", args=[course.slug, assignment.slug])


def submission_page(browser, course, submission) -> str:
    return browser.get(reverse("teaching:submission", args=[course.slug, submission.pk])).content.decode()


def test_instructors_always_read_the_details_with_a_mark(as_ada, course, graded):
    shown = submission_page(as_ada, course, graded)
    for part in ("a", "r", "x", "y", "b"):
        assert f"{SECRET}{part}" in shown
    assert HIDDEN in shown
    assert "details hidden from students" in shown
    assert "50 calls, 76.4 ms of processor" in shown


def test_the_surroundings_of_a_mark_are_shown(as_ada, course, graded):
    shown = submission_page(as_ada, course, graded)
    for text in (
        "A very fast one (x86_64)",
        "multiplied by 1.25",
        "Landlock, seccomp",
        "numpy 2.4",
        "ran 3 times",
    ):
        assert text in shown


def test_the_mark_goes_when_students_may_read_too(as_ada, course, assignment, graded):
    assignment.closes_at = timezone.now() - timedelta(minutes=1)
    assignment.save()
    shown = submission_page(as_ada, course, graded)
    assert HIDDEN not in shown
    assert "Students may read the details of hidden checks." in shown


@pytest.mark.parametrize(
    ("closes", "says"),
    [
        (None, "never shown by themselves"),
        (1, "when the assignment closes"),
        (-1, "nobody decided otherwise"),
    ],
)
def test_the_page_says_what_holds_without_a_decision(as_ada, assignment, page, closes, says):
    if closes is not None:
        assignment.closes_at = timezone.now() + timedelta(hours=closes)
        assignment.save()
    assert says in as_ada.get(page).content.decode()


def test_an_instructor_shows_and_hides_them_and_it_is_on_record(as_ada, assignment, page, decide):
    shown = as_ada.post(decide, {"shown": "yes"}, follow=True).content.decode()
    assert "Students may read them" in shown
    assert "shown to students" in shown
    assert "Ada Lovelace" in shown
    hidden = as_ada.post(decide, {"shown": "no"}, follow=True).content.decode()
    assert "they stay hidden even after the closing time" in hidden
    assert HiddenDetailsDecision.objects.filter(assignment=assignment).count() == 2


def test_only_instructors_of_the_course_decide(client, signed_in, lin, sam, as_ada, decide):
    assert signed_in(lin).post(decide, {"shown": "yes"}).status_code == 403
    assert signed_in(sam).post(decide, {"shown": "yes"}).status_code == 404
    assert client.post(decide, {"shown": "yes"}).status_code == 302
    assert as_ada.get(decide).status_code == 405
    assert not HiddenDetailsDecision.objects.exists()


def test_it_takes_the_token_of_the_form(ada, decide):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    assert browser.post(decide, {"shown": "yes"}).status_code == 403
