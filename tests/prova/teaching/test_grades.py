import csv
import io

import pytest
from django.urls import reverse
from prova.accounts.models import User
from prova.assignments.actions import record_report, submit_solution
from prova.gradebook.models import GradebookEntry
from prova.quizzes.models import Quiz

from tests.prova.assignments import samples
from tests.prova.teaching import classroom
from tests.prova.teaching.classroom import RIGHT

#: session, person, course, grades, learners, quizzes, assignments
QUERIES = 7


@pytest.fixture
def download(as_ada, course):
    def get() -> list[dict[str, str]]:
        response = as_ada.get(reverse("teaching:grades_csv", args=[course.slug]))
        assert response.streaming
        content = b"".join(response.streaming_content)
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))

    return get


def test_the_grades_have_a_row_per_learner_and_two_columns_per_work(download, course, quiz, assignment, lin):
    classroom.make_learners(course, 1)
    classroom.take(quiz, lin, {1: RIGHT, 2: RIGHT})
    record_report(samples.report_of(submit_solution(assignment, lin, samples.SOLUTION)))
    assignment_name = f"{assignment.title()} (assignment {assignment.slug})"
    found = download()
    assert [row["name"] for row in found] == ["Learner000 Test", "Lin Chen"]
    empty, row = found
    assert row["username"] == "lin"
    assert row["Fundamentals (quiz fundamentals): points"] == "2.0"
    assert row["Fundamentals (quiz fundamentals): max_points"] == "3.0"
    assert row[f"{assignment_name}: points"] == row[f"{assignment_name}: max_points"] != ""
    assert set(list(empty.values())[2:]) == {""}


def test_a_grade_that_may_still_rise_is_named(download, quiz, lin):
    classroom.take(quiz, lin, {1: RIGHT})
    assert download()[0]["provisional"] == ""
    GradebookEntry.objects.update(is_provisional=True)
    assert download()[0]["provisional"] == "fundamentals"


def test_a_draft_without_grades_has_no_column_and_one_with_grades_keeps_it(download, quiz, lin):
    Quiz.objects.update(is_published=False)
    assert not any("fundamentals" in title for title in download()[0])
    Quiz.objects.update(is_published=True)
    classroom.take(quiz, lin, {1: RIGHT})
    Quiz.objects.update(is_published=False)
    assert "Fundamentals (quiz fundamentals): points" in download()[0]


def test_neither_a_name_nor_a_title_runs_as_a_formula(download, quiz, lin):
    User.objects.filter(pk=lin.pk).update(first_name="=1+1", last_name="")
    Quiz.objects.update(titles={"en": "@SUM(A1)"})
    row = download()[0]
    assert row["name"] == "'=1+1"
    assert "'@SUM(A1) (quiz fundamentals): points" in row


def test_its_queries_do_not_grow_with_the_class(as_ada, course, quiz, assignment, django_assert_num_queries):
    for learner in classroom.make_learners(course, 4):
        classroom.take(quiz, learner, {1: RIGHT})
    with django_assert_num_queries(QUERIES):
        b"".join(as_ada.get(reverse("teaching:grades_csv", args=[course.slug])).streaming_content)
    assert reverse("teaching:grades_csv", args=[course.slug]) in (
        as_ada.get(reverse("teaching:course", args=[course.slug])).content.decode()
    )
