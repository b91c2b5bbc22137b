"""Whether learners may read how hidden checks failed: what holds now, who decided it, and the button."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.assignments.actions.decide import decide_on_hidden_details
from prova.assignments.hidden_details import is_open_elsewhere, learners_may_read
from prova.assignments.models import Assignment
from prova.courses.models import Course
from prova.teaching.access import instructors_decide, instructors_only


@instructors_only
def hidden_details(request: HttpRequest, course: Course, assignment: str) -> HttpResponse:
    found = _assignment(course, assignment)
    decisions = list(found.hidden_details_decisions.select_related("decided_by").order_by("-pk"))
    now = timezone.now()
    context = {
        "course": course,
        "tab": "submissions",
        "assignment": found,
        "learners_may_read": learners_may_read(found, now),
        "is_closed": found.closes_at is not None and now >= found.closes_at,
        "is_open_elsewhere": is_open_elsewhere(found, now),
        "decisions": decisions,
        "hidden_checks": [check for check in found.exercise.metadata["checks"] if not check["visible"]],
        "title": _("Details of hidden checks"),
    }
    return render(request, "teaching/hidden_details.html", context)


@instructors_decide
def decide(request: HttpRequest, course: Course, assignment: str) -> HttpResponse:
    found = _assignment(course, assignment)
    shown = request.POST.get("shown") == "yes"
    if decide_on_hidden_details(found, cast(User, request.user), shown=shown):
        said = _("Students may read the details of hidden checks now.")
        messages.success(
            request, said if shown else _("The details of hidden checks are hidden from students.")
        )
    return redirect("teaching:hidden_details", course.slug, found.slug)


def _assignment(course: Course, slug: str) -> Assignment:
    return get_object_or_404(Assignment.objects.select_related("exercise"), course=course, slug=slug)
