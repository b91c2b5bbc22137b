"""The instructors' pages of a regrade: start it, watch it, see who changes, decide."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from prova.accounts.models import User
from prova.courses.models import Course
from prova.regrades import actions
from prova.regrades.chart import shift_chart
from prova.regrades.models import Regrade, RegradeState, Scope
from prova.regrades.overview import assignments_of, changes_of, progress_of
from prova.regrades.refusals import RegradeRefused
from prova.regrades.rows import rows_of
from prova.teaching.access import instructors_decide, instructors_only
from prova.teaching.listing import page_of

_DECIDED_SHOWN = 20
_NOTE_CHARACTERS = 500


@instructors_only
@never_cache
def regrades(request: HttpRequest, course: Course) -> HttpResponse:
    return _overview(request, course)


def _overview(request: HttpRequest, course: Course, refusal: str = "", status: int = 200) -> HttpResponse:
    decided = (
        Regrade.objects.filter(assignment__course=course)
        .exclude(state=RegradeState.OPEN)
        .select_related("assignment__exercise", "decided_by")[:_DECIDED_SHOWN]
    )
    rows = assignments_of(course)
    context = {
        "course": course,
        "tab": "regrades",
        "tab_is_page": True,
        "rows": rows,
        "ungraded": [row for row in rows if not (row.graded or row.open)],
        "decided": list(decided),
        "scopes": Scope.choices,
        "asked": request.POST,
        "refusal": refusal,
        "note_characters": _NOTE_CHARACTERS,
    }
    return render(request, "regrades/regrades.html", context, status=status)


@instructors_decide
def start(request: HttpRequest, course: Course) -> HttpResponse:
    assignment = get_object_or_404(course.assignments, slug=request.POST.get("assignment", ""))
    scope = request.POST.get("scope", "")
    try:
        begun = actions.start_regrade(
            assignment,
            cast(User, request.user),
            scope=Scope(scope) if scope in Scope.values else Scope.ALL,
            also_current=bool(request.POST.get("also_current")),
            note=request.POST.get("note", "").replace("\0", "")[:_NOTE_CHARACTERS],
        )
    except RegradeRefused as refused:
        return _overview(request, course, refused.sentence, status=422)
    return redirect("regrades:regrade", course.slug, begun.pk)


@instructors_only
@never_cache
def regrade(request: HttpRequest, course: Course, regrade: int) -> HttpResponse:
    return _page(request, course, _find(course, regrade))


@instructors_only
@never_cache
def progress(request: HttpRequest, course: Course, regrade: int) -> HttpResponse:
    """The live part alone, while submissions are judged. Once that is over, the whole page is asked for."""
    found = _find(course, regrade)
    state = progress_of(found)
    if found.state != RegradeState.OPEN or state.is_over:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "regrades/_progress.html", {"course": course, "regrade": found, "progress": state})


def _page(
    request: HttpRequest, course: Course, found: Regrade, refusal: str = "", status: int = 200
) -> HttpResponse:
    state = progress_of(found)
    context: dict[str, Any] = {
        "course": course,
        "tab": "regrades",
        "regrade": found,
        "is_open": found.state == RegradeState.OPEN,
        "progress": state,
        "is_outdated": found.exercise_id != found.assignment.exercise_id,
        "refusal": refusal,
    }
    if state.is_over or not context["is_open"]:
        changes = changes_of(found)
        page = page_of(changes.rows, request.GET)
        context |= {
            "changes": changes,
            "chart": shift_chart(changes.shifts),
            "page": page,
            "rows": rows_of(list(page.object_list), found.exercise.metadata),
        }
    return render(request, "regrades/regrade.html", context, status=status)


@instructors_decide
def live(request: HttpRequest, course: Course, regrade: int) -> HttpResponse:
    found = _find(course, regrade)
    try:
        applied = actions.make_live(found.pk, cast(User, request.user))
    except RegradeRefused as refused:
        return _page(request, course, found, refused.sentence, status=422)
    messages.success(request, _said(applied))
    return redirect("regrades:regrade", course.slug, found.pk)


@instructors_decide
def discard(request: HttpRequest, course: Course, regrade: int) -> HttpResponse:
    found = _find(course, regrade)
    try:
        actions.discard_regrade(found.pk, cast(User, request.user))
    except RegradeRefused as refused:
        return _page(request, course, found, refused.sentence, status=422)
    messages.success(request, _("Discarded. No mark has changed."))
    return redirect("regrades:regrades", course.slug)


@instructors_decide
def again(request: HttpRequest, course: Course, regrade: int) -> HttpResponse:
    found = _find(course, regrade)
    try:
        actions.judge_failed_again(found)
    except RegradeRefused as refused:
        return _page(request, course, found, refused.sentence, status=422)
    return redirect("regrades:regrade", course.slug, found.pk)


def _said(applied: actions.Applied) -> str:
    live, left = applied.live, applied.overtaken
    text = ngettext("%(count)s mark is live.", "%(count)s marks are live.", live) % {"count": live}
    if left:
        text += " " + ngettext(
            "%(count)s had changed meanwhile and was left alone.",
            "%(count)s had changed meanwhile and were left alone.",
            left,
        ) % {"count": left}
    return text


def _find(course: Course, pk: int) -> Regrade:
    found = Regrade.objects.select_related("assignment__exercise", "exercise", "started_by", "decided_by")
    return get_object_or_404(found, pk=pk, assignment__course=course)
