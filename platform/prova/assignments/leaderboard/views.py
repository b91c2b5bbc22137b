"""The leaderboard's page, and the learner's choice of being named on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prova.accounts.person import person
from prova.assignments.access import signed_in
from prova.assignments.finding import find_assignment
from prova.assignments.leaderboard.board import read_board
from prova.courses.access import find_course
from prova.courses.models import Enrolment, Role
from prova.courses.pseudonyms import pseudonyms


@signed_in
@never_cache
@require_safe
def leaderboard(request: HttpRequest, course: str, assignment: str) -> HttpResponse:
    the_course, role = find_course(request.user, course)
    found = find_assignment(the_course, role, assignment)
    user = person(request)
    is_instructor = role is Role.INSTRUCTOR
    board = read_board(found, user, sees_names=is_instructor, all_rows="all" in request.GET)
    if board is None:
        raise Http404(_("This exercise has no leaderboard."))
    mine = Enrolment.objects.filter(course=the_course, user=user).values_list("shows_name", flat=True)
    context = {
        "course": the_course,
        "assignment": found,
        "board": board,
        "is_instructor": is_instructor,
        "is_closed": found.closes_at is not None and timezone.now() >= found.closes_at,
        "shows_name": not is_instructor and mine.get(),
        "pseudonym": "" if is_instructor else pseudonyms(the_course.pk)(user.pk),
    }
    return render(request, "assignments/leaderboard.html", context)


@signed_in
@require_POST
def show_name(request: HttpRequest, course: str, assignment: str) -> HttpResponse:
    """On all leaderboards of the course."""
    the_course, role = find_course(request.user, course)
    found = find_assignment(the_course, role, assignment)
    shown = request.POST.get("shown") == "yes"
    Enrolment.objects.filter(course=the_course, user=person(request)).update(shows_name=shown)
    return redirect("assignments:leaderboard", the_course.slug, found.slug)
