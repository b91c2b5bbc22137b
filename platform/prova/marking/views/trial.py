"""Trying the visible checks while the quiz is taken."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prova.accounts.person import person
from prova.marking.actions.try_code import try_code
from prova.marking.trial import trial_of
from prova.quizzes.cards import card_of
from prova.quizzes.models import AttemptItem
from prova.quizzes.refusals import QuizRefusal
from prova.quizzes.responses import newest_responses
from prova.quizzes.views.own_attempt import check_network_of


@login_required
@require_POST
def start(request: HttpRequest, item: int) -> HttpResponse:
    found = _own(request, item)
    try:
        check_network_of(found.attempt, request)
        try_code(found.attempt_id, found.pk)
    except QuizRefusal as refusal:
        return _fragment(request, found, refused=refusal.text())
    return _fragment(request, found)


@login_required
@never_cache
@require_safe
def trial(request: HttpRequest, item: int) -> HttpResponse:
    return _fragment(request, _own(request, item))


def _fragment(request: HttpRequest, item: AttemptItem, refused: str = "") -> HttpResponse:
    card = card_of(item, newest_responses([item.pk]).get(item.pk), get_language() or "en")
    context = {"item": item, "trial": trial_of(item, card.source_text), "refused": refused}
    return render(request, "marking/_trial.html", context)


def _own(request: HttpRequest, pk: int) -> AttemptItem:
    """Of an attempt that is still open; afterwards there is the result."""
    found = (
        AttemptItem.objects.select_related("attempt__quiz", "version", "variant")
        .filter(pk=pk, attempt__learner=person(request), attempt__submitted_at__isnull=True)
        .first()
    )
    if found is None or found.version.content["type"] != "code":
        raise Http404(_("No such question."))
    return found
