from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prova.accounts.person import person
from prova.courses.access import find_course
from prova.courses.models import Role
from prova.practice import actions
from prova.practice.access import find_turn
from prova.practice.cards import answered_card, open_card
from prova.practice.models import PracticeTurn
from prova.practice.progress import fractions_by_topic, progress_of
from prova.practice.questions import practisable
from prova.quizzes.request_parts import raw_of
from questionbank.items.messages import explain

MAX_ID_DIGITS = 18


@login_required
@never_cache
@require_safe
def topics(request: HttpRequest, course: str) -> HttpResponse:
    """What can be practised, topic by topic, and how it went."""
    found, role = find_course(request.user, course)
    questions = Counter(each.topic for each in practisable(person(request), found, role))
    done = fractions_by_topic(person(request), found)
    context = {
        "course": found,
        "role": role,
        "topics": [progress_of(topic, count, done.get(topic, [])) for topic, count in questions.items()],
    }
    return render(request, "practice/topics.html", context)


@login_required
@require_POST
def begin(request: HttpRequest, course: str) -> HttpResponse:
    """The form names a topic, or a question by its number."""
    found, role = find_course(request.user, course)
    number = request.POST.get("question", "")
    question = int(number) if number.isdecimal() and len(number) <= MAX_ID_DIGITS else None
    topic = None if question is not None else request.POST.get("topic", "")
    try:
        turn = actions.begin_turn(person(request), found, role, topic=topic, question=question)
    except actions.NotPractised as refusal:
        messages.warning(request, refusal.text())
        return redirect("practice:topics", course)
    return redirect("practice:turn", turn.pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def turn(request: HttpRequest, turn: int) -> HttpResponse:
    """Asks, and after the answer explains. What is right is not in the page before."""
    found, role = find_turn(person(request), turn)
    if request.method == "POST":
        return _take(request, found, role)
    if not actions.is_practised(found, person(request), role):
        messages.warning(request, actions.NotPractised().text())
        return redirect("practice:topics", found.course.slug)
    return _page(request, found)


def _take(request: HttpRequest, turn: PracticeTurn, role: Role) -> HttpResponse:
    raw, language = raw_of(request, turn.pk), _language()
    gives_up = request.POST.get("then") == "show"
    try:
        answered = actions.answer_turn(
            turn.pk, person(request), role, raw, language=language, gives_up=gives_up
        )
    except actions.NotPractised as refusal:
        messages.warning(request, refusal.text())
        return redirect("practice:topics", turn.course.slug)
    if answered.problem:
        return _page(request, turn, raw, explain(answered.problem, language))
    if answered.is_empty:
        return _page(request, turn, raw, _("Answer first, or let the answer be shown."))
    return redirect("practice:turn", turn.pk)


def _page(
    request: HttpRequest, turn: PracticeTurn, raw: list[str] | None = None, problem: str = ""
) -> HttpResponse:
    done = fractions_by_topic(person(request), turn.course).get(turn.topic, [])
    context = {
        "course": turn.course,
        "turn": turn,
        "card": answered_card(turn, _language())
        if turn.is_answered
        else open_card(turn, raw or [], _language()),
        "problem": problem,
        "has_variants": turn.version.content["variant_count"] > 1,
        "progress": progress_of(turn.topic, 0, done),
    }
    template = "practice/answered.html" if turn.is_answered else "practice/turn.html"
    return render(request, template, context, status=422 if problem else 200)


def _language() -> str:
    return get_language() or "en"
