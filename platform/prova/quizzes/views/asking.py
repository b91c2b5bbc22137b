"""What the page of an open attempt asks for besides saving: the time left, a hint, and feedback at once."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from prova.quizzes import actions
from prova.quizzes.access import find_attempt
from prova.quizzes.cards import card_of
from prova.quizzes.clock import Clock
from prova.quizzes.disclosure import disclosed
from prova.quizzes.request_parts import language_of_page
from prova.quizzes.responses import newest_responses
from prova.quizzes.result_cards import checked_card_of
from prova.quizzes.sheets import Mark
from prova.quizzes.views.background import for_saving
from prova.quizzes.views.own_attempt import find_own
from prova.quizzes.views.saving import keep_answer

MAX_NUMBER_DIGITS = 2


@never_cache
@require_GET
def time(request: HttpRequest, attempt: int) -> HttpResponse:
    """For an open page's clock: {"is_open", "seconds_left", "late_at"}; an instructor may have given more time meanwhile."""
    if not request.user.is_authenticated:
        return JsonResponse({"is_signed_in": False}, status=401)
    found = find_attempt(request.user, attempt, check_course=False)
    now = timezone.now()
    clock = Clock.of(found, now)
    is_open = found.is_open and not actions.is_overdue(found, now)
    left = (
        {"seconds_left": clock.seconds_left, "late_at": clock.late_at_s} if clock else {"seconds_left": None}
    )
    return JsonResponse({"is_open": is_open, **left})


@for_saving
def hint(request: HttpRequest, attempt: int, item: int) -> HttpResponse:
    """Take the next hint in the background; answers with the hints as they are then."""
    found = find_own(request, attempt)
    taken = actions.take_hint(found.pk, item, hint_number(request.POST.get("number", "")))
    newest = newest_responses([taken.pk]).get(taken.pk)
    card = card_of(taken, newest, language_of_page())
    return render(request, "quizzes/_hints.html", {"attempt": found, "card": card})


def hint_number(text: str) -> int:
    """0, which is no hint's number, for what is none."""
    return int(text) if text.isdecimal() and len(text) <= MAX_NUMBER_DIGITS else 0


@for_saving
def check(request: HttpRequest, attempt: int, item: int) -> HttpResponse:
    """Feedback on one answer, which is saved first where it comes along, and stays as it is from now on."""
    found = find_own(request, attempt)
    if "base" in request.POST:
        keep_answer(request, found, item)
    checked = actions.check_item(found.pk, item)
    (card,) = disclosed([checked_card_of(checked, language_of_page())], found.quiz)
    mark = Mark(item=checked, is_answered=True, is_elsewhere=False, is_out_of_reach=False)
    return render(request, "quizzes/_checked_anew.html", {"attempt": found, "card": card, "mark": mark})
