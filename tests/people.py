"""The people in the tests: Ada instructs, Lin learns, Sam is a stranger."""

from prova.accounts.models import User
from prova.courses.models import Course, Enrolment, Role

PASSWORD = "correct horse battery"


def make_course(slug: str = "edge") -> Course:
    return Course.objects.create(
        slug=slug, titles={"en": "Deep learning at the edge", "pt-br": "Aprendizado profundo na borda"}
    )


def make_ada(course: Course) -> User:
    return _enrol(_person("ada", "Ada", "Lovelace"), course, Role.INSTRUCTOR)


def make_lin(course: Course) -> User:
    return _enrol(_person("lin", "Lin", "Chen"), course, Role.LEARNER)


def make_sam() -> User:
    """Has an account, is in no course."""
    return _person("sam", "Sam", "Stranger")


def _person(username: str, first: str, last: str) -> User:
    return User.objects.create_user(username, password=PASSWORD, first_name=first, last_name=last)


def _enrol(user: User, course: Course, role: Role) -> User:
    Enrolment.objects.create(course=course, user=user, role=role)
    return user
