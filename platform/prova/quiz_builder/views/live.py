"""Who is in an exam now."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prova.courses.models import Course
from prova.quiz_builder.access import for_builders
from prova.quiz_builder.views.settings import page_of
from prova.quizzes.actions.settings import add_time as give_time
from prova.quizzes.models import Attempt, Quiz, RefusedRequest
from prova.teaching.people import learners_of, sort_name

MOST_MINUTES = 240


@dataclass(frozen=True)
class Sitting:
    attempt: Attempt
    saved_at: datetime | None
    answered: int
    asked: int
    seconds_left: int | None


def sittings_of(quiz: Quiz, now: datetime) -> list[Sitting]:
    """Open attempts first, then the others; one query."""
    attempts = quiz.attempts.select_related("learner").annotate(
        asked=Count("items", distinct=True),
        answered=Count("items__responses__attempt_item", distinct=True),
        saved_at=Max("items__responses__saved_at"),
    )
    sittings = [
        Sitting(
            attempt=attempt,
            saved_at=attempt.saved_at,
            answered=attempt.answered,
            asked=attempt.asked,
            seconds_left=_left(attempt, now),
        )
        for attempt in attempts
    ]
    return sorted(sittings, key=lambda each: (not each.attempt.is_open, sort_name(each.attempt.learner)))


def refused_of(quiz: Quiz) -> list[RefusedRequest]:
    """Newest first; whose attempt it was and who sent it may be two people."""
    found = RefusedRequest.objects.filter(attempt__quiz=quiz, attempt__is_preview=False)
    return list(found.select_related("attempt__learner", "user").order_by("-last_at"))


def _left(attempt: Attempt, now: datetime) -> int | None:
    if not attempt.is_open or attempt.deadline_at is None:
        return None
    return max(int((attempt.deadline_at - now).total_seconds()), 0)


@for_builders("GET")
def now(request: HttpRequest, course: Course, quiz: Quiz) -> HttpResponse:
    at = timezone.now()
    sittings = sittings_of(quiz, at)
    begun = {sitting.attempt.learner_id for sitting in sittings}
    context = {
        **page_of(course, quiz, "now"),
        "sittings": sittings,
        "absent": [each for each in learners_of(course) if each.pk not in begun] if quiz.is_published else [],
        "refused": refused_of(quiz),
        "open_count": sum(sitting.attempt.is_open for sitting in sittings),
        "at": at,
    }
    return render(request, "quiz_builder/now.html", context)


@for_builders("POST")
def add_time(request: HttpRequest, course: Course, quiz: Quiz) -> HttpResponse:
    """To the chosen attempts, or to all that are open."""
    minutes, chosen = request.POST.get("minutes", ""), request.POST.get("to", "")
    back = redirect("quiz_builder:now", course.slug, quiz.slug)
    if not minutes.isdecimal() or len(minutes) > 4 or not 1 <= int(minutes) <= MOST_MINUTES:
        messages.error(request, _("Give from 1 to %d minutes.") % MOST_MINUTES)
        return back
    attempts = None if chosen == "all" else [int(chosen)] if chosen.isdecimal() and len(chosen) < 18 else []
    count = give_time(quiz.pk, int(minutes) * 60, attempts)
    text = ngettext("%(n)d student has more time now.", "%(n)d students have more time now.", count)
    messages.success(request, text % {"n": count})
    return back
