from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prova.assignments.hidden_details import learners_may_read
from prova.assignments.leaderboard.terms import Terms
from prova.assignments.models import State, Submission
from prova.assignments.shown_files import files_of, notices_of
from prova.assignments.source_diff import diff_uploads
from prova.assignments.uploads import upload_of
from prova.courses.models import Course
from prova.teaching.access import instructors_only
from prova.teaching.listing import Sorting, page_of
from prova.teaching.source import highlighted_lines
from prova.teaching.spreadsheet import Cell, csv_response
from prova.teaching.submissions import COLUMNS, Filters, assignments_of, previous_of, submissions_of

NEWEST_FIRST = "-number"


@instructors_only
def submissions(request: HttpRequest, course: Course) -> HttpResponse:
    filters = Filters.read(request.GET)
    sorting = Sorting.read(request.GET, COLUMNS, default=NEWEST_FIRST)
    assignments = assignments_of(course)
    ranked = (each for each in assignments if each.slug == filters.assignment)
    context = {
        "course": course,
        "tab": "submissions",
        "tab_is_page": True,
        "filters": filters,
        "is_filtered": filters != Filters(),
        "assignments": assignments,
        "ranked": next((each for each in ranked if Terms.of(each.exercise.metadata)), None),
        "states": State.choices,
        "headers": sorting.headers(COLUMNS),
        "page": page_of(submissions_of(course, filters, sorting), request.GET),
    }
    return render(request, "teaching/submissions.html", context)


@instructors_only
def submissions_csv(request: HttpRequest, course: Course) -> HttpResponse:
    sorting = Sorting.read(request.GET, COLUMNS, default=NEWEST_FIRST)
    found = submissions_of(course, Filters.read(request.GET), sorting)
    header = [
        "submission",
        "username",
        "name",
        "assignment",
        "state",
        "score",
        "max_score",
        "tries",
        "submitted_at",
        "graded_at",
    ]
    return csv_response(f"{course.slug}-submissions.csv", header, _rows(found.iterator(chunk_size=500)))


def _rows(found: Iterator[Submission]) -> Iterator[list[Cell]]:
    for row in found:
        yield [
            row.pk,
            row.learner.username,
            row.learner.name(),
            row.assignment.slug,
            row.state,
            row.score,
            row.max_score,
            row.tries,
            row.created_at,
            row.graded_at,
        ]


@instructors_only
def submission(request: HttpRequest, course: Course, submission: int) -> HttpResponse:
    found = get_object_or_404(
        Submission.objects.select_related("assignment__exercise", "exercise", "learner"),
        pk=submission,
        assignment__course=course,
    )
    previous = previous_of(found)
    upload = upload_of(found)
    files = files_of(upload)
    report = found.report or {}
    context = {
        "course": course,
        "tab": "submissions",
        "submission": found,
        "report": report,
        "check_bugs": [
            (check["name"], check["check_bug"])
            for check in (*report.get("checks", ()), *found.hidden_details)
            if check["check_bug"]
        ],
        "for_instructor": True,
        "has_hidden_details": bool(found.hidden_details),
        "learners_may_read": learners_may_read(found.assignment),
        "is_widened": report.get("cpu_scale", 1.0) != 1.0,
        "waited": found.graded_at - found.created_at if found.graded_at else None,
        "previous": previous,
        "changes": diff_uploads(upload_of(previous), upload) if previous else None,
        "files": files,
        "highlighted": [
            (file, [(part.cell, highlighted_lines(part.text)) for part in file.parts]) for file in files
        ],
        "notices": notices_of(upload, get_language() or "en"),
        "events": found.events.all(),
        "title": _("Submission %(number)s") % {"number": found.pk},
    }
    return render(request, "teaching/submission.html", context)
