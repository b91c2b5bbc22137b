"""Where a question is used, for its author to know before it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from prova.accounts.models import User
from prova.courses.models import Enrolment, Role
from prova.quizzes.models import AttemptItem, QuizItem


@dataclass(frozen=True)
class Use:
    quiz_id: int
    course: str
    course_slug: str
    title: str
    version: int
    #: Attempts under way that ask the question.
    open_attempts: int
    #: Learners who have met it there.
    learners: int
    #: Whether the person may change this quiz.
    is_mine: bool
    #: By a pool, so not by every attempt.
    is_drawn: bool


def uses_of(slug: str, person: User) -> list[Use]:
    """Three queries, however many quizzes there are."""
    items = list(
        QuizItem.objects.filter(question__slug=slug)
        .select_related("quiz__course", "version")
        .order_by("quiz__course__slug", "quiz__slug")
    )
    if not items:
        return []
    counts = _counts(slug)
    mine = set(
        Enrolment.objects.filter(user=person, role=Role.INSTRUCTOR).values_list("course_id", flat=True)
    )
    return [
        Use(
            quiz_id=item.quiz_id,
            course=item.quiz.course.title(),
            course_slug=item.quiz.course.slug,
            title=item.quiz.title(),
            version=item.version.number,
            open_attempts=counts.get(item.quiz_id, (0, 0))[0],
            learners=counts.get(item.quiz_id, (0, 0))[1],
            is_mine=item.quiz.course_id in mine,
            is_drawn=item.pool_id is not None,
        )
        for item in items
    ]


def _counts(slug: str) -> dict[int, tuple[int, int]]:
    rows = (
        AttemptItem.objects.filter(version__question__slug=slug, attempt__is_preview=False)
        .values("attempt__quiz")
        .annotate(
            running=Count("attempt", filter=Q(attempt__submitted_at=None), distinct=True),
            people=Count("attempt__learner", distinct=True),
        )
    )
    return {row["attempt__quiz"]: (row["running"], row["people"]) for row in rows}


def totals(uses: Iterable[Use]) -> tuple[int, int]:
    """Attempts under way, and learners, over all quizzes."""
    uses = list(uses)
    return sum(use.open_attempts for use in uses), sum(use.learners for use in uses)
