"""The student's pages of an assignment."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prova.accounts.models import User
from prova.accounts.person import person
from prova.assignments.access import signed_in
from prova.assignments.actions import SubmissionRefused, submit_solution
from prova.assignments.finding import find_assignment
from prova.assignments.models import Assignment, Submission
from prova.assignments.pages import exercise_page, uploaded_source, verdict_fragment
from prova.assignments.shown_files import files_of
from prova.assignments.uploads import upload_of
from prova.courses.access import find_course
from prova.courses.models import Course, Role

_EARLIER_SHOWN = 20


@signed_in
@never_cache
@require_safe
def assignment(request: HttpRequest, course: str, assignment: str) -> HttpResponse:
    the_course, role = find_course(request.user, course)
    found = find_assignment(the_course, role, assignment)
    mine = list(_mine(request.user).filter(assignment=found).select_related("exercise")[: _EARLIER_SHOWN + 1])
    page = exercise_page(found, the_course, role, person(request), mine)
    return render(request, "assignments/assignment.html", page)


@signed_in
@require_POST
def submit(request: HttpRequest, course: str, assignment: str) -> HttpResponse:
    the_course, role = find_course(request.user, course)
    found = find_assignment(the_course, role, assignment)
    content, file_name = uploaded_source(request)
    try:
        new = submit_solution(
            found,
            cast(User, request.user),
            content,
            file_name=file_name,
            with_files_of=_files_to_keep(request, found),
        )
    except SubmissionRefused as refused:
        return _refused(request, found, the_course, role, refused.sentence)
    if not getattr(request, "htmx", False):
        return redirect("assignments:submission", new.pk)
    new = _mine(request.user).select_related("assignment__course", "exercise").get(pk=new.pk)
    return render(request, "assignments/_verdict.html", verdict_fragment(new, is_new=True))


def _files_to_keep(request: HttpRequest, found: Assignment) -> Submission | None:
    """The earlier submission whose further files go along with what was typed."""
    number = request.POST.get("with_files_of", "")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return _mine(request.user).filter(assignment=found, pk=int(number)).first()


def _refused(
    request: HttpRequest, found: Assignment, course: Course, role: Role, sentence: str
) -> HttpResponse:
    if getattr(request, "htmx", False):
        return render(request, "assignments/_refused.html", {"sentence": sentence}, status=422)
    mine = list(_mine(request.user).filter(assignment=found).select_related("exercise")[: _EARLIER_SHOWN + 1])
    page = exercise_page(found, course, role, person(request), mine) | {"sentence": sentence}
    page["code"] = request.POST.get("source") or page["code"]
    return render(request, "assignments/assignment.html", page, status=422)


@signed_in
@never_cache
@require_safe
def submission(request: HttpRequest, submission: int) -> HttpResponse:
    found = _own(request, submission)
    earlier = list(
        _mine(request.user)
        .filter(assignment=found.assignment, pk__lt=found.pk)
        .select_related("exercise")[:_EARLIER_SHOWN]
    )
    return render(request, "assignments/submission.html", verdict_fragment(found, earlier=earlier))


@signed_in
@never_cache
@require_safe
def verdict(request: HttpRequest, submission: int) -> HttpResponse:
    """The live part alone. 204: it looks as it did (`seen` is what the page shows)."""
    context = verdict_fragment(_own(request, submission), is_poll=True)
    if context["waiting"] is not None and request.GET.get("seen") == context["waiting"].token:
        return HttpResponse(status=204)
    return render(request, "assignments/_verdict.html", context)


@signed_in
@never_cache
@require_safe
def source(request: HttpRequest, submission: int) -> HttpResponse:
    found = _own(request, submission)
    return _download(found.source, f"submission-{found.pk}.py")


@signed_in
@never_cache
@require_safe
def file(request: HttpRequest, submission: int, number: int) -> HttpResponse:
    """One of several; 0 is the main one."""
    files = files_of(upload_of(_own(request, submission)))
    if number >= len(files):
        raise Http404(_("No such file."))
    return _download(files[number].source, files[number].name.replace("/", "."))


def _download(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _mine(user: Any) -> Any:
    return Submission.objects.filter(learner=user).defer("hidden_details")


def _own(request: HttpRequest, pk: int) -> Submission:
    """Somebody else's submission does not exist here; instructors have pages of their own."""
    return get_object_or_404(_mine(request.user).select_related("assignment__course", "exercise"), pk=pk)
