"""Review: what changed, what a student will see, notes, and a decision."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from prova.accounts.person import person
from prova.authoring import actions
from prova.authoring.actions.start import plain_mapping
from prova.authoring.asking import Wish
from prova.authoring.differences import differences
from prova.authoring.editor import Editor, FormField, editor_of
from prova.authoring.kinds import kind_of
from prova.authoring.models import Draft
from prova.authoring.pages import find_draft, looked_at, page_language, preview_context
from prova.authoring.refusals import Refused
from prova.courses.access import for_instructors


@for_instructors
@require_safe
def review(request: HttpRequest, draft: int) -> HttpResponse:
    found = find_draft(draft)
    content, topic = found.content, found.topic
    judgement, drawn = looked_at(found, content, topic)
    edited = editor_of(content, topic, judgement.remarks, slug_is_fixed=True)
    before = plain_mapping(found.based_on) if found.based_on else {}
    context = preview_context(content, judgement, drawn, Wish.read(request.GET, page_language(content))) | {
        "draft": found,
        "editor": edited,
        "kind": kind_of(found.item_type),
        "differences": differences(before, content) if found.based_on else None,
        "notes": list(found.notes.select_related("author", "resolved_by")),
        "steps": list(found.steps.select_related("person")),
        "places": [(each.name, each.label, each.language) for each in _texts(edited)],
        "may_review": actions.may_review(found, person(request)),
        "reviews_itself": settings.AUTHORS_REVIEW_THEMSELVES,
    }
    return render(request, "authoring/review.html", context)


def _texts(edited: Editor) -> list[FormField]:
    rows = [row for group in edited.groups for row in group.rows]
    passages = [*edited.opening, *(each for row in rows for each in row.passages), *edited.closing]
    return [cell for passage in passages for cell in passage.cells]


@for_instructors
@require_POST
def decide(request: HttpRequest, draft: int) -> HttpResponse:
    """ask, approve or changes, for the revision that was on the screen."""
    given = request.POST.get("revision", "")
    revision = int(given) if given.isdecimal() and len(given) < 9 else 0
    reason = request.POST.get("reason", "")
    verbs: dict[str, Callable[[], Draft]] = {
        "ask": lambda: actions.ask_for_review(draft, person(request), revision=revision),
        "approve": lambda: actions.approve(draft, person(request), revision=revision),
        "changes": lambda: actions.ask_for_changes(draft, person(request), revision=revision, reason=reason),
    }
    return _done(request, find_draft(draft), verbs.get(request.POST.get("then", "")))


@for_instructors
@require_POST
def notes(request: HttpRequest, draft: int) -> HttpResponse:
    found = find_draft(draft)
    place, text = request.POST.get("place", ""), request.POST.get("text", "")
    return _done(request, found, lambda: actions.add_note(found.pk, person(request), place=place, text=text))


@for_instructors
@require_POST
def resolve(request: HttpRequest, draft: int, note: int) -> HttpResponse:
    is_resolved = request.POST.get("resolved") != "off"
    actions.resolve_note(find_draft(draft).pk, note, person(request), is_resolved=is_resolved)
    return redirect("authoring:review", draft)


def _done(request: HttpRequest, draft: Draft, verb: Callable[[], object] | None) -> HttpResponse:
    try:
        if verb is not None:
            verb()
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("authoring:review", draft.pk)
