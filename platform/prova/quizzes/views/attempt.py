from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prova.quizzes import actions
from prova.quizzes.access import find_attempt
from prova.quizzes.cards import Card, cards_of
from prova.quizzes.clock import Clock
from prova.quizzes.disclosure import disclosed
from prova.quizzes.models import Attempt
from prova.quizzes.refusals import AttemptOver, OutsideNetwork
from prova.quizzes.refused import count_own
from prova.quizzes.request_parts import language_of_page
from prova.quizzes.result_cards import ResultCard, checked_card_of
from prova.quizzes.sheets import marks_of, sheet_of
from prova.quizzes.views.own_attempt import check_network_of, outside_page
from prova.quizzes.views.whole_paper import take_whole_paper


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest, attempt: int) -> HttpResponse:
    """Taking the quiz. A POST is the whole paper at once, from a browser without scripts or on its way to submitting."""
    found = find_attempt(request.user, attempt)
    if actions.is_overdue(found, timezone.now()):
        found = actions.submit_if_overdue(found.pk)
    if not found.is_open:
        if request.method == "POST":
            count_own(found, over := AttemptOver())
            messages.warning(request, over.text())
        return redirect("quizzes:result", attempt)
    try:
        check_network_of(found, request)
    except OutsideNetwork as outside:
        if request.method == "POST":
            count_own(found, outside)
        return outside_page(request, found.quiz, outside)
    if request.method == "POST":
        return take_whole_paper(request, found)
    sheet = sheet_of(found, request.GET.get("page", ""))
    cards = cards_of(found, language_of_page(), sheet.number if sheet else None)
    unanswered = [card for card in cards if not card.is_answered]
    if sheet and sheet.is_leaving(request.GET.get("leaving", "")) and unanswered:
        asked = {"course": found.quiz.course, "quiz": found.quiz, "attempt": found, "sheet": sheet}
        clock = Clock.of(found, timezone.now())
        return render(request, "quizzes/leave.html", {**asked, "clock": clock, "empty": unanswered})
    places = marks_of(found, sheet, cards)
    context = {
        "course": found.quiz.course,
        "quiz": found.quiz,
        "attempt": found,
        "cards": cards,
        "entries": _entries(found, cards),
        "places": places,
        "sheet": sheet,
        "answered": sum(place.is_answered for place in places),
        "clock": Clock.of(found, timezone.now()),
    }
    return render(request, "quizzes/attempt.html", context)


def _entries(attempt: Attempt, cards: Sequence[Card]) -> list[Card | ResultCard]:
    """The cards; in place of those that were checked while the attempt goes on, their feedback."""
    items = [card.item for card in cards if card.item.checked_at is not None]
    told = disclosed([checked_card_of(item, language_of_page()) for item in items], attempt.quiz)
    checked = {card.item.pk: card for card in told}
    return [checked.get(card.item.pk, card) for card in cards]
