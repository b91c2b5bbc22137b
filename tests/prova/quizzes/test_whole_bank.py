"""Every authored question, as a learner meets it."""

import pytest
from django.urls import reverse
from prova.quizzes.actions import start_attempt
from prova.quizzes.models import Quiz, QuizItem

from questionbank.questions import latest_versions
from tests.prova.quizzes.test_taking_page import assert_keeps_the_key
from tests.prova.shipped import publish_shipped_questions


@pytest.fixture
def everything(course):
    publish_shipped_questions()
    quiz = Quiz.objects.create(course=course, slug="all", titles={"en": "All"}, is_published=True)
    QuizItem.objects.bulk_create(
        QuizItem(quiz=quiz, question=version.question, version=version, position=position)
        for position, version in enumerate(latest_versions(), start=1)
    )
    return quiz


def test_no_key_and_no_explanation_reaches_the_browser_before_the_end(everything, lin, signed_in):
    attempt = start_attempt(everything, lin)
    for language in ("en", "pt-br"):
        lin.language = language
        lin.save()
        page = signed_in(lin).get(reverse("quizzes:attempt", args=[attempt.pk])).content.decode()
        assert f'<html lang="{language[:2]}' in page
        assert page.count('class="question card"') == everything.items.count() >= 45
        assert_keeps_the_key(page, attempt)
