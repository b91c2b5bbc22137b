import fcntl
import os

import pytest
from django.test import Client
from prova.accounts.models import User
from prova.courses.models import Course
from prova.embedded.catalogues import compile_catalogues

from questionbank.kept import forget
from tests import people
from tests.prova.catalogues import SITE


@pytest.fixture(autouse=True, scope="session")
def catalogues_are_compiled():
    """As `manage.py up` does at its start; one process at a time."""
    folder = os.open(SITE, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    compile_catalogues([SITE])
    os.close(folder)


@pytest.fixture(autouse=True)
def no_question_is_kept_from_another_test():
    """Which test runs first would decide how many queries a page takes."""
    yield
    forget()


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Real password hashes are slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def static_files_are_looked_up_when_asked_for(settings):
    """Every new test browser would list all static files first."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def course(db) -> Course:
    return people.make_course()


@pytest.fixture
def ada(course: Course) -> User:
    return people.make_ada(course)


@pytest.fixture
def lin(course: Course) -> User:
    return people.make_lin(course)


@pytest.fixture
def sam(db) -> User:
    return people.make_sam()


@pytest.fixture
def signed_in():
    """A browser in which the person is signed in already."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
