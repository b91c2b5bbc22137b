from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prova.courses.access import find_course
from prova.courses.models import Course, Role
from prova.quizzes.authoring_refusals import AuthoringRefusal
from prova.quizzes.models import Quiz

View = Callable[..., HttpResponse]


def for_builders(*methods: str) -> Callable[[View], View]:
    """Instructors of the course only. The view gets course and quiz in place of their slugs; a refusal is told."""

    def decorate(view: View) -> View:
        @login_required
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: HttpRequest, course: str, **arguments: Any) -> HttpResponse:
            found, _role = find_course(request.user, course, Role.INSTRUCTOR)
            if "quiz" in arguments:
                arguments["quiz"] = find_any_quiz(found, arguments["quiz"])
            return view(request, found, **arguments)

        return guarded

    return decorate


def find_any_quiz(course: Course, slug: str) -> Quiz:
    """A draft, too."""
    quiz = Quiz.objects.filter(course=course, slug=slug).first()
    if quiz is None:
        raise Http404(_("No such quiz."))
    quiz.course = course
    return quiz


def told(request: HttpRequest, verb: Callable[[], Any]) -> bool:
    """Whether it was done; if not, the page says why."""
    try:
        verb()
    except AuthoringRefusal as refusal:
        messages.error(request, refusal.text())
        return False
    return True
