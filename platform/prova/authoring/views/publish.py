"""Publishing a draft, and bringing the new version into the quizzes that ask the question."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from prova.accounts.person import person
from prova.authoring import actions
from prova.authoring.actions.publish import overtaken_by
from prova.authoring.actions.start import plain_mapping
from prova.authoring.demands import demands_on
from prova.authoring.differences import differences
from prova.authoring.editor import editor_of
from prova.authoring.kinds import kind_of
from prova.authoring.models import Draft, DraftState
from prova.authoring.pages import find_draft, looked_at
from prova.authoring.refusals import Refused
from prova.authoring.used import totals, uses_of
from prova.courses.access import for_instructors
from prova.marking.outdated import outdated_quizzes


@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, draft: int) -> HttpResponse:
    found = find_draft(draft)
    if found.state == DraftState.PUBLISHED:
        return redirect("authoring:published", draft)
    if request.method == "POST":
        given = request.POST.get("revision", "")
        try:
            actions.publish_draft(
                draft,
                person(request),
                revision=int(given) if given.isdecimal() and len(given) < 9 else 0,
                reason=request.POST.get("reason", ""),
                accepts_warnings=request.POST.get("warnings") == "on",
                over_newer=request.POST.get("newer") == "on",
            )
            return redirect("authoring:published", draft)
        except Refused as refused:
            return _page(request, find_draft(draft), problem=str(refused), status=409)
    return _page(request, found)


def _page(request: HttpRequest, draft: Draft, *, problem: str = "", status: int = 200) -> HttpResponse:
    judgement, drawn = looked_at(draft, draft.content, draft.topic)
    newer = overtaken_by(draft)
    uses = uses_of(draft.slug, person(request))
    edited = editor_of(draft.content, draft.topic, judgement.remarks, slug_is_fixed=True)
    context = {
        "draft": draft,
        "kind": kind_of(draft.item_type),
        "judgement": judgement,
        "editor": edited,
        "drawn": drawn,
        "demands": demands_on(draft),
        "newer": newer,
        "newer_differences": differences(plain_mapping(newer), draft.content) if newer else None,
        "is_reviewed": draft.state == DraftState.REVIEWED,
        "can": judgement.sound and not judgement.errors and drawn.is_current and bool(drawn.variants),
        "uses": uses,
        "use_totals": totals(uses),
        "reason": request.POST.get("reason", ""),
        "problem": problem,
    }
    return render(request, "authoring/publish.html", context, status=status)


@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def published(request: HttpRequest, draft: int) -> HttpResponse:
    """The quizzes that still ask an older version; new attempts of those ticked get the new one."""
    found = find_draft(draft)
    version = found.published_version
    if version is None:
        return redirect("authoring:editor", draft)
    if request.method == "POST":
        wanted = [int(each) for each in request.POST.getlist("quiz") if each.isdecimal() and len(each) < 12]
        count = actions.take_newest(version, person(request), wanted)
        said = ngettext(
            "%(n)d quiz asks the new version now.", "%(n)d quizzes ask the new version now.", count
        )
        messages.success(request, said % {"n": count})
        return redirect("authoring:published", draft)
    uses = uses_of(found.slug, person(request))
    context = {
        "draft": found,
        "version": version,
        "uses": uses,
        "behind": [use for use in uses if use.version < version.number],
        "outdated": outdated_quizzes(version, person(request)),
    }
    return render(request, "authoring/published.html", context)
