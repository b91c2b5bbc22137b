"""The editor: its page, its save, and what it shows while somebody types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from prova.accounts.person import person
from prova.authoring import actions
from prova.authoring.actions.start import plain_mapping
from prova.authoring.asking import Sent, Wish, plain_fields
from prova.authoring.differences import differences
from prova.authoring.editor import editor_of
from prova.authoring.forms import to_fields
from prova.authoring.forms.content import Content, languages_of
from prova.authoring.forms.rows import changed
from prova.authoring.generators import REFERENCE_NAMES, catalogue
from prova.authoring.judging import judged
from prova.authoring.kinds import kind_of
from prova.authoring.languages import offered
from prova.authoring.models import Draft
from prova.authoring.pages import find_draft, looked_at, page_language, preview_context
from prova.authoring.refusals import Refused, StaleSave
from prova.authoring.translation import with_revisions
from prova.authoring.used import totals, uses_of
from prova.authoring.variants import ask_for_variants
from prova.courses.access import for_instructors
from questionbank.models import Asset

#: The newest uploaded pictures are suggested by name.
MOST_ASSETS = 100
#: Where the buttons lead that do more than save.
LEADS_TO = {"review": "authoring:review", "publish": "authoring:publish", "history": "authoring:history"}


@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def editor(request: HttpRequest, draft: int) -> HttpResponse:
    found = find_draft(draft)
    if request.method == "POST":
        return _save(request, found)
    if not found.is_open:
        return render(request, "authoring/closed.html", {"draft": found})
    return _page(request, found, found.content, found.topic)


def _page(
    request: HttpRequest, draft: Draft, content: Content, topic: str, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    judgement, drawn = looked_at(draft, content, topic)
    notes = list(draft.notes.filter(resolved_at=None).select_related("author"))
    edited = editor_of(content, topic, judgement.remarks, notes, slug_is_fixed=bool(draft.based_on))
    wish = Wish.read(request.GET, page_language(content))
    uses = uses_of(draft.slug, person(request)) if draft.based_on else []
    context = preview_context(content, judgement, drawn, wish) | {
        "draft": draft,
        "editor": edited,
        "kind": kind_of(draft.item_type),
        "offered": offered(languages_of(content)),
        "general_notes": [note for note in notes if not note.place],
        "note_count": len(notes),
        "generators": catalogue(),
        "reference_names": REFERENCE_NAMES,
        "assets": Asset.objects.only("name", "file_name")[:MOST_ASSETS],
        "uses": uses,
        "use_totals": totals(uses),
        "problem": problem,
    }
    return render(request, "authoring/editor.html", context, status=status)


def _save(request: HttpRequest, draft: Draft) -> HttpResponse:
    sent = Sent.read(request)
    content = _after_button(sent)
    try:
        saved = actions.save_draft(
            draft.pk, person(request), revision=sent.revision, content=content, topic=sent.topic
        )
        if sent.then[0] == "current" and len(sent.then) == 2:
            saved = actions.mark_current(draft.pk, person(request), sent.then[1])
        _draw(saved, request, again=sent.then[0] == "draw")
    except StaleSave as stale:
        return _conflict(request, stale, sent)
    except Refused as refused:
        return _page(request, draft, content, sent.topic, status=409, problem=str(refused))
    if sent.then[0] in LEADS_TO:
        return redirect(LEADS_TO[sent.then[0]], saved.pk)
    if sent.then[0] in ("", "save"):
        messages.success(request, _("Saved."))
    return redirect(_anchored(saved, sent))


def _draw(draft: Draft, request: HttpRequest, *, again: bool = False) -> None:
    """Asks for the variants of what was saved on purpose; not of every word that is typed."""
    judgement = judged(draft.content, draft.topic, ())
    if judgement.definition is not None and judgement.is_readable and judgement.definition.is_generated:
        ask_for_variants(draft, judgement.definition, person(request), again=again)


def _after_button(sent: Sent) -> Content:
    verb, *arguments = sent.then
    if verb == "language":
        arguments = [sent.new_language]
    return changed(sent.content, verb, arguments)


def _anchored(draft: Draft, sent: Sent) -> str:
    anchors = {"preview": "#live", "language": "#texts", "current": "#texts", "draw": "#variants"}
    anchor = anchors.get(sent.then[0], "")
    if sent.then[0] in ("add", "remove", "up", "down") and len(sent.then) > 1:
        anchor = f"#group-{sent.then[1].replace('.', '-')}"
    return reverse("authoring:editor", args=[draft.pk]) + anchor


def _conflict(request: HttpRequest, stale: StaleSave, sent: Sent) -> HttpResponse:
    """Both texts, and two ways on; what was typed stands in the page until one is chosen."""
    newest = stale.draft.revisions.select_related("saved_by").first()
    context = {
        "draft": stale.draft,
        "newest": newest,
        "differences": differences(stale.draft.content, stale.mine),
        "mine": sorted((to_fields(sent.content) | {"topic": sent.topic}).items()),
    }
    return render(request, "authoring/conflict.html", context, status=409)


@for_instructors
@require_POST
def resume(request: HttpRequest, draft: int) -> HttpResponse:
    """After a conflict: the person's own text in the editor, not saved yet, on top of the newest revision."""
    found = find_draft(draft)
    sent = Sent.read(request)
    problem = _("This is your text. It is not saved yet; saving it replaces what was saved in between.")
    return _page(request, found, sent.content, sent.topic, problem=problem)


@for_instructors
@require_POST
def autosave(request: HttpRequest, draft: int) -> JsonResponse:
    """For the page's script: saves without leaving the page. 409: somebody else saved, or the save is refused."""
    sent = Sent.read(request)
    is_automatic = request.POST.get("automatic") == "on"
    try:
        saved = actions.save_draft(
            find_draft(draft).pk,
            person(request),
            revision=sent.revision,
            content=sent.content,
            topic=sent.topic,
            is_automatic=is_automatic,
        )
        if not is_automatic:
            _draw(saved, request)
    except StaleSave:
        said = _(
            "Somebody else saved this draft in the meantime. Press “Save” to compare both texts; yours is still here."
        )
        return JsonResponse({"problem": said}, status=409)
    except Refused as refused:
        return JsonResponse({"problem": str(refused)}, status=409)
    at = date_format(timezone.localtime(saved.changed_at), "H:i:s")
    return JsonResponse({"revision": saved.revision, "said": _("Saved at %(at)s") % {"at": at}})


@for_instructors
@require_POST
def live(request: HttpRequest, draft: int) -> HttpResponse:
    """Preview and remarks for what is in the form now; stores nothing."""
    found = find_draft(draft)
    sent = Sent.read(request)
    is_typed = "languages" in plain_fields(request.POST)
    content, topic = (sent.content, sent.topic) if is_typed else (found.content, found.topic)
    before = plain_mapping(found.based_on) if found.based_on else None
    content = with_revisions(content, before, found.agreed)
    judgement, drawn = looked_at(found, content, topic)
    edited = editor_of(content, topic, judgement.remarks, slug_is_fixed=bool(found.based_on))
    wish = Wish.read(request.POST, page_language(content))
    context: dict[str, Any] = preview_context(content, judgement, drawn, wish)
    context |= {"draft": found, "editor": edited}
    template = "authoring/live.html" if request.headers.get("HX-Request") else "authoring/preview.html"
    return render(request, template, context)
