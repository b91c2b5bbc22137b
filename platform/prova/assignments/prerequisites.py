"""Exercises to do before another: what a learner has done of them. A hint, unless the assignment asks for it."""

from dataclasses import dataclass

from django.db.models import FilteredRelation, Q
from django.urls import reverse

from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.courses.texts import text_in

#: of the points: with as much, an exercise counts as done where another builds on it
ENOUGH = 0.6


@dataclass(frozen=True, kw_only=True)
class Prerequisite:
    title: str
    url: str
    is_done: bool


def is_enough(points: float | None, max_points: float | None) -> bool:
    return points is not None and points >= ENOUGH * (max_points or 0.0)


def prerequisites_of(assignment: Assignment, learner: User) -> list[Prerequisite]:
    """In the author's order; exercises that the course does not offer are left out. At most one query."""
    slugs = assignment.exercise.metadata.get("prerequisites") or []
    if not slugs:
        return []
    offered = (
        Assignment.objects.filter(course=assignment.course_id, exercise_slug__in=slugs, is_published=True)
        .annotate(mine=FilteredRelation("grades", condition=Q(grades__learner=learner)))
        .order_by("pk")
        .values_list(
            "exercise_slug",
            "slug",
            "course__slug",
            "titles",
            "exercise__metadata__titles",
            "mine__points",
            "mine__max_points",
        )
    )
    found = {
        exercise: Prerequisite(
            title=text_in(titles or of_exercise),
            url=reverse("assignments:assignment", args=[course, slug]),
            is_done=is_enough(points, most),
        )
        for exercise, slug, course, titles, of_exercise, points, most in offered
    }
    return [found[slug] for slug in slugs if slug in found]


def missing_for(assignment: Assignment, learner: User) -> list[Prerequisite]:
    """What an instructor asks for and is not done; empty where prerequisites are a hint only."""
    if not assignment.prerequisites_required:
        return []
    return [each for each in prerequisites_of(assignment, learner) if not each.is_done]
