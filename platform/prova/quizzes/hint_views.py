from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from prova.quizzes import actions
from prova.quizzes.cards import card_of
from prova.quizzes.responses import newest_responses
from prova.quizzes.views import find_own, for_saving

MAX_NUMBER_DIGITS = 2


@for_saving
def hint(request: HttpRequest, attempt: int, item: int) -> HttpResponse:
    """Take the next hint in the background; answers with the hints as they are then."""
    found = find_own(request, attempt)
    taken = actions.take_hint(found.pk, item, number_of(request.POST.get("number", "")))
    newest = newest_responses([taken.pk]).get(taken.pk)
    card = card_of(taken, newest, get_language() or "en")
    return render(request, "quizzes/_hints.html", {"attempt": found, "card": card})


def number_of(text: str) -> int:
    """0, which is no hint's number, for what is none."""
    return int(text) if text.isdecimal() and len(text) <= MAX_NUMBER_DIGITS else 0
