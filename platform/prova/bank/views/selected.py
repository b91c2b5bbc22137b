"""What is done with the questions ticked on a list: tags and collections."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from prova.accounts.models import User
from prova.bank.refusals import said
from prova.courses.access import for_instructors
from prova.courses.texts import text_in
from questionbank.collections import CollectionProblem, add_to_collection, make_collection
from questionbank.models import Collection, Question
from questionbank.selection import in_order
from questionbank.tags import TagProblem, add_tag, remove_tag

#: `collection` of the form that asks for a new one.
NEW = "+"


@require_POST
@for_instructors
def selected(request: HttpRequest) -> HttpResponse:
    slugs = request.POST.getlist("question")
    questions = in_order(Question.objects.filter(slug__in=slugs), slugs)
    if not questions:
        messages.warning(request, _("Tick at least one question first."))
        return _back(request)
    try:
        messages.success(request, _done(request, questions))
    except (TagProblem, CollectionProblem) as problem:
        messages.error(request, said(problem))
    return _back(request)


def _done(request: HttpRequest, questions: list[Question]) -> str:
    """Does what the pressed button says; the sentence that tells it."""
    action, count = request.POST.get("action", ""), len(questions)
    if action == "tag":
        tag = add_tag(request.POST.get("tag", ""), questions)
        told = ngettext(
            "%(count)s question has the tag “%(tag)s”.", "%(count)s questions have the tag “%(tag)s”.", count
        )
        return told % {"count": count, "tag": tag}
    if action == "untag":
        remove_tag(request.POST.get("tag", ""), questions)
        told = ngettext(
            "The tag was taken from %(count)s question.", "The tag was taken from %(count)s questions.", count
        )
        return told % {"count": count}
    collection = _collection(request)
    added = add_to_collection(collection, questions)
    told = ngettext(
        "%(count)s question was added to “%(collection)s”.",
        "%(count)s questions were added to “%(collection)s”.",
        added,
    )
    return told % {"count": added, "collection": text_in(collection.titles)}


def _collection(request: HttpRequest) -> Collection:
    user = cast(User, request.user)
    asked = request.POST.get("collection", NEW)
    if asked != NEW:
        return get_object_or_404(Collection, slug=asked, owner=user)
    language = getattr(request, "LANGUAGE_CODE", "en")
    return make_collection(user, {language: request.POST.get("title", "")})


def _back(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return redirect(asked if is_ours else reverse("bank:bank"))
