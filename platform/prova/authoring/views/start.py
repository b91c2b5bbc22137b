"""How a draft begins: a new question, an edit of one, a copy of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from prova.accounts.person import person
from prova.authoring import actions
from prova.authoring.forms.content import LANGUAGE
from prova.authoring.kinds import blank, kind_of, kinds
from prova.authoring.languages import offered
from prova.authoring.models import OPEN_STATES, Draft
from prova.authoring.refusals import Refused
from prova.authoring.used import totals, uses_of
from prova.courses.access import for_instructors
from prova.courses.topics import label_of
from questionbank.items import ITEM_TYPES
from questionbank.models import Question


@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    topics = {topic: label_of(topic) for topic in _topics()}
    asked = request.POST or request.GET
    context = {
        "kinds": kinds(),
        "topics": list(topics.items()),
        "languages": offered([]),
        "chosen": asked.get("type", "single_choice"),
        "slug": asked.get("slug", ""),
        "topic": asked.get("topic", ""),
        "source_language": asked.get("source_language", get_language() or "en"),
    }
    if request.method != "POST":
        return render(request, "authoring/new.html", context)
    try:
        draft = _started(request)
    except Refused as refused:
        return render(request, "authoring/new.html", context | {"problem": str(refused)}, status=409)
    return redirect("authoring:editor", draft.pk)


def _started(request: HttpRequest) -> Draft:
    item_type = request.POST.get("type", "")
    source = request.POST.get("source_language", "en")
    slug = request.POST.get("slug", "").strip()
    if item_type not in ITEM_TYPES or not LANGUAGE.fullmatch(source):
        item_type, source = "single_choice", "en"
    content = blank(item_type, slug, source, [each for each in ("en", "pt-br") if each != source])
    return actions.start_question(
        person(request), slug=slug, topic=_topic_meant(request.POST.get("topic", "")), content=content
    )


def _topics() -> list[str]:
    return list(Question.objects.order_by("topic").values_list("topic", flat=True).distinct())


def _topic_meant(typed: str) -> str:
    """A topic may be typed as the pages call it, “Poda”, and not only as the files do, “pruning”."""
    by_label = {label_of(topic).casefold(): topic for topic in _topics()}
    return by_label.get(typed.strip().casefold(), typed.strip())


@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, question: str) -> HttpResponse:
    """Says where the question is used before it changes; an open draft is gone on with."""
    found = get_object_or_404(Question, slug=question)
    draft = Draft.objects.filter(slug=question, state__in=OPEN_STATES).select_related("author").first()
    if request.method == "POST":
        try:
            return redirect("authoring:editor", actions.edit_question(person(request), found).pk)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("authoring:drafts")
    uses = uses_of(question, person(request))
    context = {
        "question": found,
        "version": found.latest_version(),
        "kind": kind_of(found.item_type),
        "draft": draft,
        "uses": uses,
        "use_totals": totals(uses),
    }
    return render(request, "authoring/edit.html", context)


@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, question: str) -> HttpResponse:
    found = get_object_or_404(Question, slug=question)
    version = found.latest_version()
    context = {"question": found, "slug": request.POST.get("slug", f"{question}-2"[:100])}
    if request.method != "POST" or version is None:
        return render(request, "authoring/duplicate.html", context)
    try:
        draft = actions.duplicate_question(person(request), version, request.POST.get("slug", ""))
    except Refused as refused:
        return render(request, "authoring/duplicate.html", context | {"problem": str(refused)}, status=409)
    return redirect("authoring:editor", draft.pk)
