import csv
import io

import pytest
from django.urls import reverse
from prova.accounts.models import User

from tests.prova.teaching import classroom
from tests.prova.teaching.classroom import RIGHT


@pytest.fixture
def results(as_ada, course, quiz):
    def get(**parameters: str) -> str:
        address = reverse("teaching:quiz_results", args=[course.slug, quiz.slug])
        return as_ada.get(address, parameters).content.decode()

    return get


@pytest.fixture
def three(course):
    """Learner000, Learner001 and Learner002."""
    return classroom.make_learners(course, 3)


def rows_of(page: str) -> list[str]:
    """The learners' names in the order of the table."""
    names = [f"Learner{number:03}" for number in range(100)]
    body = page.split("<tbody>")[-1] if "<tbody>" in page else ""
    table = page[page.index('id="people"') :]
    found = [(table.find(f'<th scope="row">{name} '), name) for name in names]
    assert body is not None
    return [name for place, name in sorted(found) if place >= 0]


def test_every_learner_has_a_row_whether_they_began_or_not(results, quiz, three):
    classroom.take(quiz, three[0], {1: RIGHT})
    classroom.take(quiz, three[1], {1: RIGHT}, submits=False)
    page = results()
    assert rows_of(page) == ["Learner000", "Learner001", "Learner002"]
    for word in ("Submitted", "Under way", "Not started"):
        assert word in page


def test_it_can_be_searched_filtered_and_sorted(results, quiz, three):
    classroom.take(quiz, three[0], {1: RIGHT})
    classroom.take(quiz, three[1], {1: RIGHT, 2: RIGHT, 3: RIGHT})
    assert rows_of(results(q="LEARNER002")) == ["Learner002"]
    assert rows_of(results(state="not_started")) == ["Learner002"]
    assert rows_of(results(sort="-score")) == ["Learner001", "Learner000", "Learner002"]
    assert rows_of(results(sort="score")) == ["Learner000", "Learner001", "Learner002"]


def test_a_search_without_result_offers_the_way_back(results, three):
    assert "Nobody fits this search." in results(q="nobody at all")


def test_a_name_is_shown_as_text_never_as_markup(results, three):
    User.objects.filter(pk=three[0].pk).update(last_name="<script>alert(1)</script>")
    page = results()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_each_attempt_leads_to_its_replay(as_ada, course, quiz, lin):
    first = classroom.take(quiz, lin, {1: "levels", 3: "32"})
    address = reverse("teaching:attempt", args=[course.slug, quiz.slug, first.pk])
    results = as_ada.get(reverse("teaching:quiz_results", args=[course.slug, quiz.slug])).content.decode()
    assert address in results
    replay = as_ada.get(address).content.decode()
    assert "answer levels" in replay
    assert "why levels" in replay
    assert "Lin Chen" in replay


def test_an_open_attempt_can_be_looked_at_too(as_ada, course, quiz, lin):
    attempt = classroom.take(quiz, lin, {1: "levels"}, submits=False)
    page = as_ada.get(reverse("teaching:attempt", args=[course.slug, quiz.slug, attempt.pk])).content.decode()
    assert "Under way" in page


def test_the_download_has_a_row_per_attempt_and_one_for_who_has_none(as_ada, course, quiz, three):
    User.objects.filter(pk=three[2].pk).update(first_name="=HYPERLINK(1)")
    classroom.take(quiz, three[0], {1: RIGHT})
    classroom.take(quiz, three[0], {1: RIGHT, 2: RIGHT})
    response = as_ada.get(reverse("teaching:quiz_results_csv", args=[course.slug, quiz.slug]))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["username"], row["attempt"], row["score"]) for row in rows] == [
        ("learner002", "", ""),
        ("learner000", "1", "1.0"),
        ("learner000", "2", "2.0"),
        ("learner001", "", ""),
    ]
    assert rows[0]["name"] == "'=HYPERLINK(1) Test"
    assert {row["score_that_counts"] for row in rows if row["username"] == "learner000"} == {"2.0"}


def test_the_download_holds_what_the_page_shows(as_ada, course, quiz, three):
    address = reverse("teaching:quiz_results_csv", args=[course.slug, quiz.slug])
    text = as_ada.get(address, {"q": "learner001"}).content.decode()
    assert "learner001" in text
    assert "learner000" not in text


def test_its_queries_do_not_grow_with_the_class(as_ada, course, quiz, django_assert_num_queries):
    address = reverse("teaching:quiz_results", args=[course.slug, quiz.slug])
    learners = classroom.make_learners(course, 12)
    as_ada.get(address)
    with django_assert_num_queries(QUERIES):
        as_ada.get(address)
    for learner in learners:
        classroom.take(quiz, learner, {1: RIGHT, 2: RIGHT})
    with django_assert_num_queries(QUERIES):
        as_ada.get(address)


QUERIES = 11
