"""Every save of a draft and every version of a question, and what lies between any two."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prova.authoring.actions.start import plain_mapping
from prova.authoring.differences import differences
from prova.authoring.models import Draft
from prova.authoring.pages import find_draft
from prova.courses.access import for_instructors
from questionbank.models import Question, QuestionVersion


@for_instructors
@require_safe
def history(request: HttpRequest, draft: int) -> HttpResponse:
    """?from=N&to=M: the difference; 0 is the published version the draft was begun from."""
    found = find_draft(draft)
    newest = _number(request.GET.get("to"), found.revision)
    first = 0 if found.based_on else 1
    before = _number(request.GET.get("from"), first)
    context = {
        "draft": found,
        "revisions": found.revisions.select_related("saved_by").defer("content"),
        "steps": found.steps.select_related("person"),
        "before": before,
        "after": newest,
        "differences": differences(_content(found, before), _content(found, newest)),
    }
    return render(request, "authoring/history.html", context)


def _content(draft: Draft, number: int) -> dict[str, Any]:
    if number == 0:
        return plain_mapping(draft.based_on) if draft.based_on else {}
    revision = draft.revisions.filter(number=number).first()
    if revision is None:
        raise Http404(_("This draft has no such revision."))
    return dict(revision.content)


@for_instructors
@require_safe
def versions(request: HttpRequest, question: str) -> HttpResponse:
    """?from=N&to=M: the difference between two published versions; by default the last two."""
    named = get_object_or_404(Question, slug=question)
    found = list(named.versions.order_by("-number"))
    if not found:
        raise Http404(_("This question has no version yet."))
    after = _version(found, _number(request.GET.get("to"), found[0].number))
    before = _version(found, _number(request.GET.get("from"), max(after.number - 1, found[-1].number)))
    context = {
        "question": named,
        "versions": found,
        "before": before,
        "after": after,
        "differences": differences(plain_mapping(before), plain_mapping(after)),
    }
    return render(request, "authoring/versions.html", context)


def _version(found: list[QuestionVersion], number: int) -> QuestionVersion:
    for version in found:
        if version.number == number:
            return version
    raise Http404(_("This question has no such version."))


def _number(given: str | None, default: int) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 9 else default
