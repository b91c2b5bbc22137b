"""Coding exercises as works of a learner, in the order in which they are best done."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import F
from django.db.models.functions import JSONObject
from django.urls import reverse

from prova.assignments.models import Assignment
from prova.assignments.prerequisites import Prerequisite, is_enough
from prova.courses.learning_order import Step, in_learning_order
from prova.courses.models import Course
from prova.courses.texts import text_in
from prova.courses.work import Work, WorkState, topic_of_exercise, untouched
from prova.gradebook.models import GradebookEntry
from prova.gradebook.policies import Score


def exercise_works(
    courses: dict[int, Course], grades: dict[int, GradebookEntry], now: datetime
) -> list[Work]:
    """In the order in which exercises are best done, course by course."""
    rows = list(
        Assignment.objects.filter(course__in=courses, is_published=True)
        .select_related("exercise")
        .defer("exercise__metadata")  # statements and messages of a whole catalogue are long
        .annotate(about=_about())
        .order_by("course_id", "pk")
    )
    by_slug = {(row.course_id, row.exercise_slug): row for row in reversed(rows)}
    works = []
    for row in _ordered(rows):
        about, course, grade = row.about, courses[row.course_id], grades.get(row.pk)
        needed = [by_slug.get((row.course_id, slug)) for slug in about["prerequisites"] or ()]
        prerequisites = tuple(_prerequisite(each, course, grades) for each in needed if each)
        works.append(
            Work(
                kind="assignment",
                title=_title(row),
                url=_address(row, course),
                course=course,
                state=_assignment_state(row, grade, now),
                topic=topic_of_exercise(about["topics"] or ()),
                opens_at=row.opens_at,
                closes_at=row.closes_at,
                grade=Score(grade.points, grade.max_points) if grade else None,
                level=about["level"] or "",
                prerequisites=prerequisites,
                is_locked=row.prerequisites_required and not all(each.is_done for each in prerequisites),
                has_leaderboard=bool(about["leaderboard"]),
            )
        )
    return works


def _about() -> JSONObject:
    names = ("titles", "topics", "level", "prerequisites", "leaderboard")
    return JSONObject(**{name: F(f"exercise__metadata__{name}") for name in names})


def _ordered(rows: Sequence[Any]) -> list[Any]:
    found = []
    for _course, group in groupby(rows, key=lambda row: row.course_id):
        of_slug = {row.slug: row for row in group}
        steps = [
            Step(
                slug=row.exercise_slug,
                level=row.about["level"] or "",
                prerequisites=row.about["prerequisites"] or (),
            )
            for row in of_slug.values()
        ]
        # Two assignments may set the same exercise: they stay together, in their order.
        rank = {step.slug: place for place, step in enumerate(in_learning_order(steps))}
        found += sorted(of_slug.values(), key=lambda row: rank[row.exercise_slug])
    return found


def _prerequisite(row: Any, course: Course, grades: dict[int, GradebookEntry]) -> Prerequisite:
    grade = grades.get(row.pk)
    is_done = grade is not None and is_enough(grade.points, grade.max_points)
    return Prerequisite(title=_title(row), url=_address(row, course), is_done=is_done)


def _title(row: Any) -> str:
    return text_in(row.titles or row.about["titles"])


def _address(row: Any, course: Course) -> str:
    return reverse("assignments:assignment", args=[course.slug, row.slug])


def _assignment_state(assignment: Assignment, grade: GradebookEntry | None, now: datetime) -> WorkState:
    is_closed = assignment.closes_at is not None and assignment.closes_at <= now
    if grade is not None:
        return WorkState.DONE if is_closed or grade.points >= grade.max_points else WorkState.STARTED
    return untouched(assignment.opens_at, assignment.closes_at, now)
