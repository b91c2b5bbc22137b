"""What the page of an open attempt saves in the background."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from prova.quizzes import actions
from prova.quizzes.cards import card_of
from prova.quizzes.clock import Clock
from prova.quizzes.models import Attempt, AttemptItem, Response
from prova.quizzes.request_parts import base_of, known_language, language_of_page, raw_of
from prova.quizzes.responses import newest_responses
from prova.quizzes.views.background import for_saving
from prova.quizzes.views.own_attempt import admit, find_own


@for_saving
def save(request: HttpRequest, attempt: int, item: int) -> HttpResponse:
    """One answer, in the background; answers with the fragment that says so."""
    raw, base = raw_of(request, item), base_of(request)
    saved = actions.save_response(
        attempt, item, raw, language=language_of_page(), base=base, admit=partial(admit, request)
    )
    return _fragment(request, "quizzes/_saved.html", saved.item.attempt, saved.item, saved.response)


@for_saving
def flag(request: HttpRequest, attempt: int, item: int) -> HttpResponse:
    found = find_own(request, attempt)
    flagged = actions.flag_item(found.pk, item, request.POST.get("is_flagged") == "on")
    return _fragment(request, "quizzes/_flagged.html", found, flagged, _newest(flagged))


@for_saving
def item_language(request: HttpRequest, attempt: int, item: int) -> HttpResponse:
    """Show one whole item in another language; the answer on the page is saved on the way."""
    found = find_own(request, attempt)
    keep_answer(request, found, item)
    shown = actions.show_item_in(found.pk, item, known_language(request.POST.get("language", "")))
    return _fragment(request, "quizzes/_card_anew.html", found, shown, _newest(shown))


def keep_answer(request: HttpRequest, attempt: Attempt, item_id: int) -> None:
    """What a button of one question sends along is saved first. Raises what saving raises."""
    raw, base = raw_of(request, item_id), base_of(request)
    actions.save_response(attempt.pk, item_id, raw, language=language_of_page(), base=base)


def _fragment(
    request: HttpRequest, template: str, attempt: Attempt, item: AttemptItem, response: Response | None
) -> HttpResponse:
    clock = Clock.of(attempt, timezone.now())
    context = {
        "attempt": attempt,
        "card": card_of(item, response, language_of_page()),
        "clock": clock,
        "is_fragment": True,
    }
    response_page = render(request, template, context)
    if clock is not None:
        response_page["X-Seconds-Left"] = str(clock.seconds_left)
    if response is not None and response.tab_counter and response.tab == request.POST.get("tab"):
        response_page["X-Tab-Counter"] = str(response.tab_counter)
    return response_page


def _newest(item: AttemptItem) -> Response | None:
    return newest_responses([item.pk]).get(item.pk)
