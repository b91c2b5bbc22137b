import pytest
from prova.assignments.models import Exercise

from tests.prova.assignments import samples
from tests.prova.marking import papers
from tests.prova.quizzes import questions


@pytest.fixture
def exercise(db) -> Exercise:
    return samples.make_exercise()


@pytest.fixture
def quiz(course):
    """A single choice (1 point), a free text (4 points) and code (2 points)."""
    return questions.make_quiz(course, [(questions.single(), 1), (papers.free_text(), 4), (papers.code(), 2)])


@pytest.fixture
def bob(course):
    """A second instructor."""
    return papers.make_bob(course)


@pytest.fixture
def submitted(quiz, lin, exercise):
    """Everything answered: the choice right, a text, and code."""
    return papers.take(quiz, lin)


class Queue:
    """A broker in memory."""

    def __init__(self):
        self.jobs = []

    def send(self, job):
        self.jobs.append(job)


@pytest.fixture
def queue() -> Queue:
    return Queue()
