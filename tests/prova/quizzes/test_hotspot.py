"""Points on a picture, as pages ask for them and requests set them."""

import html

import pytest
from django.urls import reverse
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.models import QuizItem, Response

from tests.prova.quizzes import questions
from tests.questionbank.samples.pictures import HOTSPOT_VARIANT, hotspot


@pytest.fixture
def attempt(course, lin):
    quiz = questions.make_quiz(course, [(questions.single(), 1)])
    version = questions.publish(hotspot(), [HOTSPOT_VARIANT])
    QuizItem.objects.create(quiz=quiz, question=version.question, version=version, position=2, points=4)
    return start_attempt(quiz, lin)


@pytest.fixture
def item(attempt):
    return attempt.items.get(position=2)


@pytest.fixture
def client(signed_in, lin):
    return signed_in(lin)


def page_of(client, attempt, page="attempt") -> str:
    return client.get(reverse(f"quizzes:{page}", args=[attempt.pk])).content.decode()


def fields(item, **values):
    return {f"item-{item.pk}.{name}": value for name, value in values.items()}


def test_the_page_shows_the_picture_with_two_fields_per_point_and_keeps_the_key(client, attempt, item):
    page = page_of(client, attempt)
    for name in ("x1", "y1", "x2", "y2"):
        assert page.count(f'name="item-{item.pk}.{name}"') == 1
    assert 'aria-label="en histogram"' in page
    told = hotspot().texts["en"]
    for secret in (*told.regions.values(), *told.hints.values(), told.explanation, "hotspot__region"):
        assert html.escape(secret) not in page


def test_points_are_saved_in_the_background(client, attempt, item):
    url = reverse("quizzes:save", args=[attempt.pk, item.pk])
    said = client.post(url, fields(item, x1="-0.3", y1="20", x2="", y2=" ")).content.decode()
    assert "Saved" in said
    saved = Response.objects.get()
    assert (saved.raw, saved.value) == (["x1=-0.3", "y1=20"], {"points": [[1, -0.3, 20.0]]})
    assert 'value="x1=-0.3 y1=20"' in said


def test_half_a_point_is_kept_as_typed_and_said(client, attempt, item):
    url = reverse("quizzes:save", args=[attempt.pk, item.pk])
    assert "only one of its two numbers" in client.post(url, fields(item, x2="0.3")).content.decode()
    page = page_of(client, attempt)
    assert f'data-axis="x" name="item-{item.pk}.x2" value="0.3"' in page


def test_the_whole_paper_is_saved_without_scripts_and_shows_its_points(client, attempt, item):
    form = fields(item, x1="-0.3", y1="20", x2="0.3", y2="10")
    client.post(reverse("quizzes:attempt", args=[attempt.pk]), {**form, "then": "save"})
    page = page_of(client, attempt)
    assert page.count('transform="translate(') == 2
    assert page.count("hotspot__point is-unset") == 0


def test_the_result_draws_points_and_right_regions_over_the_picture(client, attempt, item):
    save_response(attempt.pk, item.pk, ["x1=-0.3", "y1=20", "x2=0", "y2=10"], language="en")
    submit_attempt(attempt.pk)
    item.refresh_from_db()
    assert item.score == 0.0
    assert item.outcome["regions"] == ["left", "peak"]
    page = page_of(client, attempt, "result")
    assert page.count("hotspot__region") == 2
    assert "these are near zero" in page
    assert "not marked" in page
