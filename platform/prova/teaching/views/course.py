from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from prova.courses.models import Course
from prova.marking.queue import waiting_in
from prova.teaching.access import instructors_only
from prova.teaching.overview import stuck_submissions, works_of
from prova.teaching.people import learners_of
from prova.teaching.questions import entries_of

FEW = 6  #: pieces of work that each have a card of their own, begun or not


@instructors_only
def course(request: HttpRequest, course: Course) -> HttpResponse:
    now = timezone.now()
    learners = learners_of(course)
    works = works_of(course, learners)
    asked = [entry for entry in entries_of(course) if entry.quizzes]
    # A whole catalogue is offered at once, and begun bit by bit.
    untouched = [work for work in works if not work.started] if len(works) > FEW else []
    context = {
        "course": course,
        "tab": "overview",
        "learners": learners,
        "works": [work for work in works if work not in untouched],
        "untouched": untouched,
        "stuck": stuck_submissions(course, now),
        "to_mark": waiting_in(course).count(),
        "incomplete": [entry for entry in asked if not entry.is_complete],
        "due_soon": [work for work in works if work.is_due_soon(now) and work.not_started],
    }
    return render(request, "teaching/course.html", context)
