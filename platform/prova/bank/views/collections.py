from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prova.accounts.models import User
from prova.bank.figures import courses_taught_by
from prova.bank.filters import Filters
from prova.bank.finding import Finder
from prova.bank.refusals import said
from prova.bank.rows import rows_of
from prova.courses.access import for_instructors
from questionbank.collections import (
    CollectionProblem,
    describe_collection,
    make_collection,
    move_in_collection,
    remove_from_collection,
    visible_to,
)
from questionbank.models import Collection, Question
from questionbank.selection import questions_in


@require_safe
@for_instructors
def collections(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    found = visible_to(user).select_related("owner").annotate(count=Count("items"))
    context = {
        "tab": "collections",
        "tab_is_page": True,
        "collections": found,
        "texts": [(language, "", "") for language in settings.BANK_LANGUAGES],
    }
    return render(request, "bank/collections.html", context)


@require_safe
@for_instructors
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    user = cast(User, request.user)
    found = get_object_or_404(visible_to(user).select_related("owner"), slug=slug)
    questions = questions_in(found).select_related("card__version").prefetch_related("tags")
    courses = tuple(courses_taught_by(user))
    finder = Finder(filters=Filters(), languages=(), courses=courses, figures=None)
    context = {
        "tab": "collections",
        "tab_is_page": False,
        "collection": found,
        "is_own": found.owner_id == user.pk,
        "rows": rows_of(list(questions), finder),
        "texts": [
            (language, found.titles.get(language, ""), found.descriptions.get(language, ""))
            for language in dict.fromkeys([*settings.BANK_LANGUAGES, *found.titles, *found.descriptions])
        ],
    }
    return render(request, "bank/collection.html", context)


@require_POST
@for_instructors
def make(request: HttpRequest) -> HttpResponse:
    try:
        made = make_collection(cast(User, request.user), **_texts(request))
    except CollectionProblem as problem:
        messages.error(request, said(problem))
        return redirect("bank:collections")
    return redirect("bank:collection", made.slug)


@require_POST
@for_instructors
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Its words, or one of its questions: `move` up or down, or `remove`. The owner only."""
    found = _own(request, slug)
    if "describe" in request.POST:
        _describe(request, found)
    else:
        _arrange(request.POST.dict(), found)
    return redirect("bank:collection", slug)


@require_POST
@for_instructors
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """The list only; its questions stay."""
    _own(request, slug).delete()
    messages.success(request, _("The collection is gone; its questions are still in the bank."))
    return redirect("bank:collections")


def _own(request: HttpRequest, slug: str) -> Collection:
    found = Collection.objects.filter(slug=slug, owner=cast(User, request.user)).first()
    if found is None:
        raise Http404(_("You have no such collection."))
    return found


def _describe(request: HttpRequest, collection: Collection) -> None:
    try:
        describe_collection(collection, **_texts(request))
    except CollectionProblem as problem:
        messages.error(request, said(problem))
    else:
        messages.success(request, _("Saved."))


def _arrange(asked: dict[str, str], collection: Collection) -> None:
    for verb, steps in (("up", -1), ("down", 1)):
        if verb in asked:
            move_in_collection(collection, get_object_or_404(Question, slug=asked[verb]), steps)
    if "remove" in asked:
        remove_from_collection(collection, [get_object_or_404(Question, slug=asked["remove"])])


def _texts(request: HttpRequest) -> dict[str, Any]:
    posted = request.POST
    return {
        "titles": {
            name.removeprefix("title-"): text for name, text in posted.items() if name.startswith("title-")
        },
        "descriptions": {
            name.removeprefix("description-"): text
            for name, text in posted.items()
            if name.startswith("description-")
        },
        "is_shared": "shared" in posted,
    }
