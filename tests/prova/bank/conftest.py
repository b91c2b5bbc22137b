import pytest

from tests.prova.teaching import classroom


@pytest.fixture
def quiz(course):
    return classroom.make_quiz(course)


@pytest.fixture
def as_ada(ada, signed_in):
    """The instructor's browser."""
    return signed_in(ada)
