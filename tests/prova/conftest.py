import pytest
from django.test import Client
from prova.accounts.models import User
from prova.courses.models import Course

from tests import people


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
