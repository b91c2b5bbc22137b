from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from prova.courses.models import Course
from prova.marking.outdated import outdated_questions
from prova.quizzes.models import Attempt, Quiz
from prova.quizzes.result_cards import result_cards_of
from prova.teaching.access import instructors_only
from prova.teaching.charts import histogram
from prova.teaching.figures import summarise
from prova.teaching.findings import score_finding
from prova.teaching.listing import Sorting, page_of
from prova.teaching.people import learners_of
from prova.teaching.question_figures import figures_of
from prova.teaching.quiz_results import (
    COLUMNS,
    Filters,
    Sitting,
    Standing,
    arranged,
    sittings_of,
    standings,
    time_taken,
)
from prova.teaching.spreadsheet import Cell, csv_response

BY_NAME = "learner"


@instructors_only
def quiz_results(request: HttpRequest, course: Course, quiz: str) -> HttpResponse:
    found = get_object_or_404(Quiz, course=course, slug=quiz)
    filters = Filters.read(request.GET)
    sorting = Sorting.read(request.GET, COLUMNS, default=BY_NAME)
    sittings = sittings_of(found, learners_of(course))
    shares = [sitting.share for sitting in sittings if sitting.share is not None]
    summary = summarise(shares)
    counts = standings(sittings)
    context = {
        "course": course,
        "quiz": found,
        "filters": filters,
        "standings": Standing.choices,
        "counts": [(standing.label, counts[standing]) for standing in Standing],
        "headers": sorting.headers(COLUMNS),
        "page": page_of(arranged(sittings, filters, sorting), request.GET),
        "is_filtered": filters != Filters(),
        "summary": summary,
        "finding": score_finding(summary),
        "provisional": sum(
            sitting.grade is not None and sitting.grade.is_provisional for sitting in sittings
        ),
        "chart": histogram(shares, median=summary.median),
        "outdated": outdated_questions(found),
        "questions": figures_of(found, get_language() or "en"),
    }
    return render(request, "teaching/quiz_results.html", context)


@instructors_only
def quiz_results_csv(request: HttpRequest, course: Course, quiz: str) -> HttpResponse:
    """One row per attempt, and one for each learner without any."""
    found = get_object_or_404(Quiz, course=course, slug=quiz)
    sorting = Sorting.read(request.GET, COLUMNS, default=BY_NAME)
    sittings = arranged(sittings_of(found, learners_of(course)), Filters.read(request.GET), sorting)
    header = [
        "username",
        "name",
        "state",
        "attempt",
        "score",
        "max_score",
        "pending_answers",
        "started_at",
        "submitted_at",
        "time_s",
    ]
    header += ["score_that_counts", "max_score_that_counts"]
    return csv_response(f"{course.slug}-{found.slug}.csv", header, _rows(sittings))


def _rows(sittings: Iterable[Sitting]) -> Iterator[list[Cell]]:
    for sitting in sittings:
        learner, grade = sitting.learner, sitting.grade
        person: list[Cell] = [learner.get_username(), learner.name(), sitting.standing.value]
        counted: list[Cell] = [grade.points, grade.max_points] if grade else [None, None]
        for attempt in sitting.attempts:
            yield person + _cells(attempt) + counted
        if not sitting.attempts:
            yield person + [None] * 7 + counted


def _cells(attempt: Attempt) -> list[Cell]:
    taken = time_taken(attempt)
    return [
        attempt.number,
        attempt.score,
        attempt.max_score,
        attempt.pending_count if attempt.submitted_at else None,
        attempt.started_at,
        attempt.submitted_at,
        round(taken.total_seconds()) if taken else None,
    ]


@instructors_only
def attempt(request: HttpRequest, course: Course, quiz: str, attempt: int) -> HttpResponse:
    """The learner's paper exactly as it was: version, variant, order of options, answers."""
    found = get_object_or_404(
        Attempt.objects.select_related("quiz", "learner"), pk=attempt, quiz__course=course, quiz__slug=quiz
    )
    context = {
        "course": course,
        "quiz": found.quiz,
        "attempt": found,
        "taken": time_taken(found),
        "refused": found.refused.select_related("user").order_by("-last_at"),
        "cards": result_cards_of(found, get_language() or "en", for_instructor=True),
    }
    return render(request, "teaching/attempt.html", context)
