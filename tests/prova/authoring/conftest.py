from pathlib import Path

import pytest
from prova.accounts.models import User
from prova.authoring import actions
from prova.authoring.models import Draft
from prova.courses.models import Course, Enrolment, Role

from questionbank.formats.writing import mapping_of
from questionbank.formats.yaml_file import read_questions
from tests.questionbank import samples


@pytest.fixture
def as_ada(ada, signed_in):
    return signed_in(ada)


@pytest.fixture
def grace(course: Course) -> User:
    """A second instructor."""
    person = User.objects.create_user("grace", first_name="Grace", last_name="Hopper")
    Enrolment.objects.create(course=course, user=person, role=Role.INSTRUCTOR)
    return person


def contents() -> list:
    """A sound question of every type, as the canonical file writes it."""
    found = read_questions(samples.FILE, Path("samples"))
    assert not found.findings
    definitions = [each.definition for each in found.questions]
    return [mapping_of(each) for each in [*definitions, samples.free_text(), samples.code()]]


def content_of(item_type: str):
    """The sound sample of this type, as a file writes it."""
    return next(each for each in contents() if each["type"] == item_type)


@pytest.fixture
def draft(ada) -> Draft:
    content = content_of("single_choice")
    return actions.start_question(ada, slug=content["id"], topic="quantization", content=content)
