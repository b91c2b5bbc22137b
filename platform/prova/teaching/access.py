"""Instructors of the course only: to a stranger it does not exist, to a learner the page is forbidden."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from prova.courses.access import find_course
from prova.courses.models import Role

View = Callable[..., HttpResponseBase]


def instructors_only(view: View) -> View:
    """The view gets the course in place of its slug. These pages only show: whatever is not GET or HEAD is refused."""
    return require_safe(_guarded(view))


def instructors_decide(view: View) -> View:
    """The same for the few views that change something: only POST."""
    return require_POST(_guarded(view))


def _guarded(view: View) -> View:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, course: str, **arguments: Any) -> HttpResponseBase:
        found, _ = find_course(request.user, course, Role.INSTRUCTOR)
        return view(request, found, **arguments)

    return guarded
