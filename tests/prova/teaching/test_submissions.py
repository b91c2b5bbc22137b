import csv
import io

import pytest
from django.urls import reverse
from prova.accounts.models import User
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.models import State, Submission

from tests.prova.assignments import samples
from tests.prova.teaching import classroom


@pytest.fixture
def listed(as_ada, course):
    """Numbers of the submissions on the page, in its order."""

    def get(**parameters: str) -> list[int]:
        response = as_ada.get(reverse("teaching:submissions", args=[course.slug]), parameters)
        assert response.status_code == 200
        return [submission.pk for submission in response.context["page"]]

    return get


@pytest.fixture
def graded(assignment, lin):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    record_report(samples.report_of(submission))
    return Submission.objects.get(pk=submission.pk)


@pytest.fixture
def failed(assignment, lin, graded):
    source = "def halve(x):\n    return x // 2\n"
    submission = submit_solution(assignment, lin, source)
    record_report(samples.report_of(submission, samples.failed(), samples.HIDDEN_PASSED))
    return Submission.objects.get(pk=submission.pk)


def test_the_newest_is_first(listed, graded, failed):
    assert listed() == [failed.pk, graded.pk]


def test_it_can_be_filtered_by_state_assignment_and_name(listed, graded, failed):
    Submission.objects.filter(pk=failed.pk).update(state=State.SYSTEM_ERROR, score=None, report=None)
    assert listed(state="system_error") == [failed.pk]
    assert listed(assignment="halving") == [failed.pk, graded.pk]
    assert listed(assignment="another") == []
    assert listed(q="chen LIN") == [failed.pk, graded.pk]
    assert listed(q="nobody") == []
    assert listed(q=str(graded.pk)) == [graded.pk]


@pytest.mark.parametrize(
    "nonsense", [{"state": "asleep"}, {"sort": "salary"}, {"page": "-1"}, {"q": "9" * 40}, {"q": "²"}]
)
def test_nonsense_in_the_address_is_no_error(listed, graded, nonsense):
    listed(**nonsense)


def test_it_can_be_sorted_and_what_has_no_score_comes_last(listed, assignment, lin, graded, failed):
    waiting = submit_solution(assignment, lin, samples.SOLUTION)
    assert listed(sort="score") == [failed.pk, graded.pk, waiting.pk]
    assert listed(sort="-score") == [graded.pk, failed.pk, waiting.pk]


def test_a_page_shows_everything_about_a_submission(as_ada, course, graded, failed):
    page = as_ada.get(reverse("teaching:submission", args=[course.slug, failed.pk])).content.decode()
    assert "rounds down" in page  # the named slip
    assert "halve(1)" in page  # the smallest failing input
    assert f"Changes since submission {graded.pk}" in page
    assert "return x // 2" in page
    assert "numpy 2.4" in page
    assert "Sandbox profile" in page
    assert "Graded" in page  # the last event


def test_a_failure_of_ours_is_told_to_the_instructor(as_ada, course, assignment, lin):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    Submission.objects.filter(pk=submission.pk).update(
        state=State.SYSTEM_ERROR, report=samples.failure_of_ours(submission)
    )
    page = as_ada.get(reverse("teaching:submission", args=[course.slug, submission.pk])).content.decode()
    assert "What failed on our side" in page
    assert "the zygote died" in page


def test_a_bug_in_a_check_is_told_to_the_instructor(as_ada, course, assignment, lin):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    stumbled = samples.failed(check_bug="TypeError: nothing to compare")
    record_report(samples.report_of(submission, stumbled, samples.HIDDEN_PASSED))
    page = as_ada.get(reverse("teaching:submission", args=[course.slug, submission.pk])).content.decode()
    assert "TypeError: nothing to compare" in page


def test_code_is_shown_as_text_never_as_markup(as_ada, course, assignment, lin):
    source = "x = '</code><script>alert(1)</script>'\n# \u202e\n"
    submission = submit_solution(assignment, lin, source)
    page = as_ada.get(reverse("teaching:submission", args=[course.slug, submission.pk])).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_the_download_is_safe_to_open(as_ada, course, graded, lin):
    User.objects.filter(pk=lin.pk).update(first_name="=1+1", last_name="")
    response = as_ada.get(reverse("teaching:submissions_csv", args=[course.slug]))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["submission"], row["name"], row["score"]) for row in rows] == [
        (str(graded.pk), "'=1+1", "4.0")
    ]


def test_its_queries_do_not_grow_with_the_class(as_ada, course, assignment, django_assert_num_queries):
    address = reverse("teaching:submissions", args=[course.slug])
    learners = classroom.make_learners(course, 12)
    submit_solution(assignment, learners[0], samples.SOLUTION)
    as_ada.get(address)
    with django_assert_num_queries(QUERIES):
        as_ada.get(address)
    for learner in learners:
        submit_solution(assignment, learner, samples.SOLUTION)
    with django_assert_num_queries(QUERIES):
        as_ada.get(address)


QUERIES = 6
