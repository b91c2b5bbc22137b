"""Handing in, and what became of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from prova.accounts.person import person
from prova.quizzes import actions
from prova.quizzes.access import find_attempt
from prova.quizzes.actions.locking import goes_one_way
from prova.quizzes.admission import admission
from prova.quizzes.cards import cards_of
from prova.quizzes.clock import Clock
from prova.quizzes.disclosure import disclosed
from prova.quizzes.refusals import OutsideNetwork
from prova.quizzes.request_parts import language_of_page
from prova.quizzes.result_cards import result_cards_of
from prova.quizzes.views.own_attempt import check_network_of, outside_page


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, attempt: int) -> HttpResponse:
    """Asks once, naming what is unanswered; then submits."""
    found = find_attempt(request.user, attempt)
    if request.method == "POST":
        clock = Clock.of(found, timezone.now())
        if request.POST.get("because") == "time" and found.is_open and clock and clock.seconds_left:
            return redirect("quizzes:attempt", attempt)  # the page's clock is wrong, or more time was given
        actions.submit_attempt(found.pk)
        return redirect("quizzes:result", attempt)
    if not found.is_open or actions.is_overdue(found, timezone.now()):
        return redirect("quizzes:attempt", attempt)
    try:
        check_network_of(found, request)
    except OutsideNetwork as outside:
        return outside_page(request, found.quiz, outside)
    cards = cards_of(found, language_of_page())
    context = {
        "course": found.quiz.course,
        "quiz": found.quiz,
        "attempt": found,
        "item_count": len(cards),
        "reached_page": found.page if goes_one_way(found.quiz) else None,
        "empty": [card for card in cards if not card.is_answered],
        "incomplete": [card for card in cards if card.is_answered and card.presentation.open_rows],
        "unreadable": [card for card in cards if card.problem],
        "flagged": [card for card in cards if card.item.is_flagged],
        "clock": Clock.of(found, timezone.now()),
    }
    return render(request, "quizzes/submit.html", context)


@login_required
@never_cache
@require_GET
def result(request: HttpRequest, attempt: int) -> HttpResponse:
    found = find_attempt(request.user, attempt)
    if found.is_open:
        return redirect("quizzes:attempt", attempt)
    now = timezone.now()
    shows_feedback = found.quiz.shows_feedback(now)
    mine = tuple(found.quiz.attempts.filter(learner=person(request)).order_by("number"))
    context = {
        "course": found.quiz.course,
        "quiz": found.quiz,
        "attempt": found,
        "admission": admission(found.quiz, mine, now),
        "took": found.submitted_at - found.started_at if found.submitted_at else None,
        "shows_feedback": shows_feedback,
        "has_closed": found.quiz.has_closed(now),
        "shows_score": found.quiz.shows_score(now),
        "cards": disclosed(result_cards_of(found, language_of_page()), found.quiz) if shows_feedback else [],
    }
    return render(request, "quizzes/result.html", context)
