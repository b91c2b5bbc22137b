"""The learners of a course."""

from prova.accounts.models import User
from prova.courses.models import Course, Role
from prova.teaching.listing import folded


def learners_of(course: Course) -> list[User]:
    """By name, as people sort names."""
    learners = User.objects.filter(enrolments__course=course, enrolments__role=Role.LEARNER)
    return sorted(learners, key=sort_name)


def sort_name(user: User) -> tuple[str, str]:
    return folded(user.name()), user.get_username()
