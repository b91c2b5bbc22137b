from datetime import timedelta

import pytest
from django.utils import timezone
from prova.quizzes.actions import start_attempt
from prova.quizzes.models import Quiz

from tests.prova.quizzes import questions


@pytest.fixture
def quiz(course) -> Quiz:
    """Open, without limits: a single choice, a multiple choice (2 points) and a number."""
    return questions.make_quiz(
        course, [(questions.single(), 1), (questions.multiple(), 2), (questions.number(), 1)]
    )


@pytest.fixture
def attempt(quiz, lin):
    return start_attempt(quiz, lin)


@pytest.fixture
def timed_attempt(quiz, lin):
    """30 minutes, of which one is left."""
    quiz.time_limit_s = 30 * 60
    quiz.save()
    return start_attempt(quiz, lin, timezone.now() - timedelta(minutes=29))
