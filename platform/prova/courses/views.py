from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prova.accounts.person import person
from prova.courses.access import find_course
from prova.courses.models import Enrolment, Role
from prova.courses.news import news_for
from prova.courses.work import WorkState, by_topic, due_first, next_exercises
from prova.courses.works import works_of

NEXT_SHOWN = 3
DUE_SHOWN = 8


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is due, what changed, one click to go on."""
    user, now = person(request), timezone.now()
    enrolments = list(Enrolment.objects.filter(user=user).select_related("course").order_by("course_id"))
    learning = [each.course for each in enrolments if each.role == Role.LEARNER]
    works = works_of(user, learning, now) if learning else []
    due = [work for work in due_first(works) if not work.open_attempt]
    context = {
        "learning": learning,
        "several_courses": len(learning) > 1,
        "teaching": [each.course for each in enrolments if each.role == Role.INSTRUCTOR],
        "to_continue": [work for work in due_first(works) if work.open_attempt],
        "due": due[:DUE_SHOWN],
        "more_due": max(len(due) - DUE_SHOWN, 0),
        "coming": [work for work in works if work.state is WorkState.NOT_YET],
        "news": news_for(request.user, now) if learning else [],  # type: ignore[arg-type]
        "has_works": bool(works),
    }
    return render(request, "courses/home.html", context)


@login_required
@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """Quizzes and exercises by topic, with the learner's state."""
    found, role = find_course(request.user, course)
    works = works_of(person(request), [found], timezone.now())
    context = {
        "course": found,
        "role": role,
        "topics": by_topic(works),
        "next": next_exercises(works)[:NEXT_SHOWN],
    }
    return render(request, "courses/course.html", context)
