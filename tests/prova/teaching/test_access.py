import pytest
from django.urls import reverse

from tests.prova.assignments import samples
from tests.prova.teaching import classroom


@pytest.fixture
def addresses(course, quiz, assignment, lin):
    from prova.assignments.actions import submit_solution

    attempt = classroom.take(quiz, lin, {1: classroom.RIGHT})
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    return {
        "course": [course.slug],
        "grades_csv": [course.slug],
        "quiz_results": [course.slug, quiz.slug],
        "quiz_results_csv": [course.slug, quiz.slug],
        "attempt": [course.slug, quiz.slug, attempt.pk],
        "submissions": [course.slug],
        "submissions_csv": [course.slug],
        "submission": [course.slug, submission.pk],
        "hidden_details": [course.slug, assignment.slug],
        "questions": [course.slug],
        "questions_csv": [course.slug],
        "question": [course.slug, "ratio"],
    }


def test_every_page_of_instructors_is_named_here(addresses):
    from prova.teaching.urls import urlpatterns

    named = {pattern.name for pattern in urlpatterns}
    assert named - {"decide_hidden_details"} == set(addresses)  # which test_hidden_details.py looks at


def test_the_instructor_of_the_course_sees_every_page(as_ada, addresses):
    for name, arguments in addresses.items():
        assert as_ada.get(reverse(f"teaching:{name}", args=arguments)).status_code == 200, name


def test_to_a_learner_they_are_forbidden(signed_in, lin, addresses):
    client = signed_in(lin)
    for name, arguments in addresses.items():
        assert client.get(reverse(f"teaching:{name}", args=arguments)).status_code == 403, name


def test_to_a_stranger_they_do_not_exist(signed_in, sam, addresses):
    client = signed_in(sam)
    for name, arguments in addresses.items():
        assert client.get(reverse(f"teaching:{name}", args=arguments)).status_code == 404, name


def test_who_is_not_signed_in_is_asked_to(client, addresses):
    for name, arguments in addresses.items():
        response = client.get(reverse(f"teaching:{name}", args=arguments))
        assert response.status_code == 302, name
        assert response["Location"].startswith(reverse("accounts:login"))


def test_nothing_can_be_sent_to_them(as_ada, addresses):
    for name, arguments in addresses.items():
        assert as_ada.post(reverse(f"teaching:{name}", args=arguments)).status_code == 405, name


def test_an_instructor_of_another_course_gets_nothing_through_their_own(as_ada, addresses, ada):
    """The pages are looked up inside the course of the address, so another course's numbers do not fit."""
    from prova.courses.models import Enrolment, Role

    from tests import people

    other = people.make_course("other")
    Enrolment.objects.create(course=other, user=ada, role=Role.INSTRUCTOR)
    for name in ("quiz_results", "quiz_results_csv", "attempt", "submission"):
        arguments = ["other", *addresses[name][1:]]
        assert as_ada.get(reverse(f"teaching:{name}", args=arguments)).status_code == 404, name
