from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prova.courses.models import Course
from prova.quiz_builder.access import for_builders
from prova.quizzes.models import Quiz


@for_builders("GET")
def quizzes(request: HttpRequest, course: Course) -> HttpResponse:
    """All quizzes of the course, drafts too."""
    attempts = Q(attempts__is_preview=False)
    rows = (
        Quiz.objects.filter(course=course)
        .annotate(
            attempt_count=Count("attempts", filter=attempts, distinct=True),
            open_count=Count(
                "attempts", filter=attempts & Q(attempts__submitted_at__isnull=True), distinct=True
            ),
        )
        .order_by("is_published", "slug")
    )
    return render(request, "quiz_builder/quizzes.html", {"course": course, "quizzes": rows, "tab": "quizzes"})
