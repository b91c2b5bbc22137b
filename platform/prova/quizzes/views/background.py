"""How a script that asks in the background is answered: with a fragment, or with why not."""

import json
from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from prova.quizzes.access import find_attempt
from prova.quizzes.cards import stored_answer_html
from prova.quizzes.models import Attempt, AttemptItem, Refusal
from prova.quizzes.pace import Pace
from prova.quizzes.refusals import OutsideNetwork, QuizRefusal, SavedElsewhere, TooFast
from prova.quizzes.refused import count_refusal
from prova.quizzes.request_parts import language_of_page
from questionbank.questions import item_of

View = Callable[..., HttpResponse]
PACE = Pace()
STATUS = {OutsideNetwork: 403, TooFast: 429}


def for_saving(view: View) -> View:
    """Answers a script in the background: signed out is 401, over is 409, too fast 429, never somebody else's page."""

    @never_cache
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponse(_("You are signed out."), status=401)
        is_allowed, to_note = PACE.allows(request.user.pk, monotonic())
        if not is_allowed:
            return _too_fast(request, kwargs["attempt"], to_note)
        try:
            response = view(request, *args, **kwargs)
        except Attempt.DoesNotExist:
            find_attempt(request.user, kwargs["attempt"], check_course=False)
            raise Http404(_("No such attempt.")) from None
        except AttemptItem.DoesNotExist:
            count_refusal(kwargs["attempt"], request.user.pk, Refusal.OTHER_ITEM, f"item {kwargs['item']}")
            raise Http404(_("No such question.")) from None
        except SavedElsewhere as elsewhere:
            return _conflict(request, kwargs["attempt"], elsewhere)
        except QuizRefusal as refusal:
            if refusal.kind is not None:
                count_refusal(kwargs["attempt"], request.user.pk, refusal.kind)
            return _told(request, refusal)
        return response

    return answer


def _too_fast(request: HttpRequest, attempt: int, to_note: int) -> HttpResponse:
    """Raises Http404: the attempt is somebody else's."""
    if to_note:
        found = find_attempt(request.user, attempt, check_course=False)
        count_refusal(found.pk, found.learner_id, Refusal.TOO_FAST, times=to_note)
    return _told(request, TooFast())


def _told(request: HttpRequest, refusal: QuizRefusal) -> HttpResponse:
    status = STATUS.get(type(refusal), 409)
    told = render(request, "quizzes/_refused.html", {"text": refusal.text()}, status=status)
    told["X-Refused"] = refusal.kind or "not_now"
    return told


def _conflict(request: HttpRequest, attempt: int, refusal: SavedElsewhere) -> HttpResponse:
    item, stored = refusal.item, refusal.stored
    bound = item_of(item.version, item.variant)
    shown = bound.present(seed=item.seed, language=item.language or language_of_page(), response=stored.value)
    context = {
        "attempt": Attempt(pk=attempt),
        "refusal": refusal,
        "text": refusal.text(),
        "answer_html": stored_answer_html(shown, stored),
        "stored_json": json.dumps(stored.raw),
    }
    return render(request, "quizzes/_conflict.html", context, status=409)
