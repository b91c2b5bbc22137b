from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from prova.accounts.person import person
from prova.courses.access import find_course
from prova.courses.models import Role
from prova.quizzes import actions
from prova.quizzes.access import find_quiz
from prova.quizzes.admission import admission
from prova.quizzes.entrance import needs_password
from prova.quizzes.refusals import QuizRefusal
from prova.quizzes.request_parts import credentials_of
from prova.quizzes.size import paper_size


@login_required
@require_GET
def quiz(request: HttpRequest, course: str, quiz: str) -> HttpResponse:
    """The page before: what it covers, how long, how often; starting is a decision."""
    found_course, role = find_course(request.user, course)
    found = find_quiz(found_course, quiz)
    now = timezone.now()
    granted = found.accommodations.filter(learner=person(request)).first()
    mine = found.attempts.filter(learner=person(request)).order_by("number")
    for late in [each for each in mine if actions.is_overdue(each, now)]:
        actions.submit_if_overdue(late.pk, now)
    context = {
        "course": found_course,
        "role": role,
        "quiz": found,
        **paper_size(found),
        "admission": admission(found, tuple(mine.all()), now, granted),
        "time_rules": found.time_rules(granted),
        "needs_password": needs_password(found, granted),
        "is_tied_to_room": bool(found.networks) and not (granted and granted.from_any_network),
        "shows_score": found.shows_score(now),
    }
    return render(request, "quizzes/quiz.html", context)


@login_required
@require_POST
def start(request: HttpRequest, course: str, quiz: str) -> HttpResponse:
    found_course, _role = find_course(request.user, course, Role.LEARNER)
    found = find_quiz(found_course, quiz)
    try:
        attempt = actions.start_attempt(found, person(request), credentials=credentials_of(request))
    except QuizRefusal as refusal:
        messages.warning(request, refusal.text())
        return redirect("quizzes:quiz", course, quiz)
    return redirect("quizzes:attempt", attempt.pk)
