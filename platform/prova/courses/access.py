"""Who may look at what. To a stranger a course does not exist; to a learner an instructor's page is forbidden."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.courses.models import Course, Enrolment, Role


def role_in(user: User | AnonymousUser, course: Course) -> Role | None:
    """None: not enrolled."""
    if not user.is_authenticated:
        return None
    enrolment = Enrolment.objects.filter(course=course, user=user).values_list("role", flat=True).first()
    return Role(enrolment) if enrolment else None


def require_role(user: User | AnonymousUser, course: Course, *roles: Role) -> Role:
    """The person's role in the course. Http404: not enrolled. PermissionDenied: enrolled, but not as one of `roles`."""
    role = role_in(user, course)
    if role is None:
        raise Http404(_("No such course."))
    if roles and role not in roles:
        raise PermissionDenied(_("This page is for instructors of the course."))
    return role


def find_course(user: User | AnonymousUser, slug: str, *roles: Role) -> tuple[Course, Role]:
    """The course and the person's role in it, in one query; raises as require_role does."""
    if not user.is_authenticated:
        raise Http404(_("No such course."))
    enrolment = Enrolment.objects.select_related("course").filter(course__slug=slug, user=user).first()
    if enrolment is None:
        raise Http404(_("No such course."))
    role = Role(enrolment.role)
    if roles and role not in roles:
        raise PermissionDenied(_("This page is for instructors of the course."))
    return enrolment.course, role


def is_instructor_somewhere(user: User | AnonymousUser) -> bool:
    """Whether the person may author: the question bank is shared by all courses of the installation. One query."""
    if not user.is_authenticated:
        return False
    return Enrolment.objects.filter(user=user, role=Role.INSTRUCTOR).exists()


def require_instructor_somewhere(user: User | AnonymousUser) -> None:
    """Http404: to anybody who teaches no course, the pages of the question bank do not exist."""
    if not is_instructor_somewhere(user):
        raise Http404(_("No such page."))


def for_instructors(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for whoever teaches a course: strangers sign in first, everybody else gets a 404."""

    @login_required
    @wraps(page)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        require_instructor_somewhere(request.user)
        return page(request, *arguments, **named)

    return guarded
