"""What waits for a person's mark in a course, in the order in which it is marked. Only reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from prova.accounts.models import User
from prova.assignments.models import State, Submission
from prova.courses.models import Course
from prova.courses.texts import text_in
from prova.marking.models import Claim
from prova.quizzes.models import AttemptItem
from questionbank.items import Marking
from questionbank.models import QuestionVersion


@dataclass(frozen=True, kw_only=True)
class WaitingQuestion:
    quiz: str  #: slug
    quiz_title: str
    question: str  #: slug
    title: str
    waiting: int
    oldest_at: datetime | None
    next_item: int


def waiting_in(course: Course) -> QuerySet[AttemptItem]:
    """Answers of submitted attempts, the oldest first; previews of instructors are nobody's answers."""
    return AttemptItem.objects.filter(
        pending=Marking.PERSON, attempt__quiz__course=course, attempt__is_preview=False
    ).order_by("attempt__submitted_at", "pk")


def claimed_by_others(marker: User, now: datetime) -> Exists:
    """Of an attempt item: somebody else has it open."""
    return Exists(Claim.objects.filter(attempt_item=OuterRef("pk"), until__gt=now).exclude(marker=marker))


def next_to_mark(
    course: Course, quiz: str, question: str, marker: User, after: AttemptItem | None = None
) -> AttemptItem | None:
    """The oldest of one question in one quiz; with `after` the one behind it, and at the end the first again.

    What somebody else has open comes last.
    """
    same = waiting_in(course).filter(attempt__quiz__slug=quiz, version__question__slug=question)
    same = same.annotate(is_claimed=claimed_by_others(marker, timezone.now()))
    if after is None:
        return same.order_by("is_claimed", "attempt__submitted_at", "pk").first()
    here = (after.attempt.submitted_at, after.pk)
    others = [
        (is_claimed, (at, pk) < here, at, pk)
        for is_claimed, at, pk in same.exclude(pk=after.pk).values_list(
            "is_claimed", "attempt__submitted_at", "pk"
        )
    ]
    return AttemptItem.objects.get(pk=min(others)[-1]) if others else None


def questions_waiting(course: Course, marker: User) -> list[WaitingQuestion]:
    """Those with the oldest answer first; three queries."""
    counted = (
        waiting_in(course)
        .order_by()
        .values("attempt__quiz__slug", "attempt__quiz__titles", "version__question__slug")
        .annotate(waiting=Count("pk"), oldest=Min("attempt__submitted_at"), version=Min("version_id"))
        .order_by("oldest")
    )
    rows = list(counted)
    first = _first_items(course, marker)
    objectives = _objectives(row["version"] for row in rows)
    return [
        WaitingQuestion(
            quiz=row["attempt__quiz__slug"],
            quiz_title=text_in(row["attempt__quiz__titles"]),
            question=row["version__question__slug"],
            title=text_in(objectives[row["version"]]),
            waiting=row["waiting"],
            oldest_at=row["oldest"],
            next_item=first[row["attempt__quiz__slug"], row["version__question__slug"]],
        )
        for row in rows
    ]


def _first_items(course: Course, marker: User) -> dict[tuple[str, str], int]:
    rows = (
        waiting_in(course)
        .annotate(is_claimed=claimed_by_others(marker, timezone.now()))
        .order_by(
            *("attempt__quiz__slug", "version__question__slug", "is_claimed", "attempt__submitted_at", "pk")
        )
        .distinct("attempt__quiz__slug", "version__question__slug")
        .values_list("attempt__quiz__slug", "version__question__slug", "pk")
    )
    return {(quiz, question): item for quiz, question, item in rows}


def _objectives(versions: Iterable[int]) -> dict[int, dict[str, str]]:
    return dict(QuestionVersion.objects.filter(pk__in=list(versions)).values_list("pk", "content__objective"))


def failed_checks(course: Course) -> list[Submission]:
    """Answers that are code, whose checking failed on our side until the last try."""
    return list(
        Submission.with_shadows.filter(
            attempt_item__attempt__quiz__course=course,
            attempt_item__pending=Marking.SANDBOX,
            is_trial=False,
            state=State.SYSTEM_ERROR,
        )
        .select_related("attempt_item__attempt__quiz", "learner")
        .defer("source", "report", "hidden_details")
        .order_by("pk")
    )
