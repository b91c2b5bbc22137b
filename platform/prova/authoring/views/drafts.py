"""The list of drafts, and putting one away."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prova.accounts.person import person
from prova.authoring import actions
from prova.authoring.models import OPEN_STATES, Draft, DraftState
from prova.authoring.pages import find_draft
from prova.authoring.refusals import Refused
from prova.courses.access import for_instructors

PER_PAGE = 50


@for_instructors
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "open")
    found = _filtered(Draft.objects.all(), state, request.GET.get("q", "").strip())
    if request.GET.get("mine") == "on":
        found = found.filter(author=person(request))
    open_notes = Count("notes", filter=Q(notes__resolved_at=None))
    page = Paginator(
        found.select_related("author").annotate(open_notes=open_notes).order_by("-changed_at", "-pk"),
        PER_PAGE,
    )
    context = {
        "page": page.get_page(request.GET.get("page")),
        "state": state,
        "states": [("open", _("open")), *DraftState.choices, ("all", _("all"))],
        "query": request.GET.get("q", ""),
        "is_mine": request.GET.get("mine") == "on",
        "is_filtered": bool(request.GET),
    }
    return render(request, "authoring/drafts.html", context)


def _filtered(found: QuerySet[Draft], state: str, query: str) -> QuerySet[Draft]:
    if state in DraftState.values:
        found = found.filter(state=state)
    elif state != "all":
        found = found.filter(state__in=OPEN_STATES)
    return found.filter(Q(slug__icontains=query) | Q(topic__icontains=query)) if query else found


@for_instructors
@require_POST
def put_away(request: HttpRequest, draft: int) -> HttpResponse:
    actions.put_away(find_draft(draft).pk, person(request))
    messages.success(request, _("The draft is put away. It can be taken out again at any time."))
    return redirect("authoring:editor", draft)


@for_instructors
@require_POST
def reopen(request: HttpRequest, draft: int) -> HttpResponse:
    try:
        actions.reopen(find_draft(draft).pk, person(request))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("authoring:editor", draft)
