"""Every authored question, as a learner meets it."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from prova.quizzes.actions import start_attempt
from prova.quizzes.models import Quiz, QuizItem

from questionbank.questions import latest_versions
from tests.prova.quizzes.test_taking_page import assert_keeps_the_key


@pytest.fixture
def everything(course):
    call_command("load_bank", verbosity=0)
    quiz = Quiz.objects.create(course=course, slug="all", titles={"en": "All"}, is_published=True)
    QuizItem.objects.bulk_create(
        QuizItem(quiz=quiz, question=version.question, version=version, position=position)
        for position, version in enumerate(latest_versions(), start=1)
    )
    return quiz


@pytest.mark.parametrize("language", ["en", "pt-br"])
def test_no_key_and_no_explanation_reaches_the_browser_before_the_end(everything, lin, signed_in, language):
    lin.language = language
    lin.save()
    attempt = start_attempt(everything, lin)
    page = signed_in(lin).get(reverse("quizzes:attempt", args=[attempt.pk])).content.decode()
    assert page.count('class="question card"') == everything.items.count() >= 45
    assert_keeps_the_key(page, attempt)
