"""What became of a learner's work lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse

from prova.accounts.models import User
from prova.assignments.models import OPEN_STATES, State, Submission
from prova.gradebook.policies import Score
from prova.marking.models import ChangeKind, MarkChange
from prova.quizzes.closing import note_late_ends
from prova.quizzes.models import Attempt

RECENT = timedelta(days=14)
SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class News:
    kind: str  #: "quiz" or "assignment"
    title: str
    url: str
    at: datetime
    score: Score | None  #: None: not to be shown yet, or not graded
    is_failure_of_ours: bool = False
    is_regraded: bool = False  #: the news is that a regrade has changed the mark
    is_marked: bool = False  #: the news is that somebody has marked an answer
    is_changed: bool = False  #: the news is a score that changed: by a corrected question, or by hand


def news_for(learner: User, now: datetime) -> list[News]:
    """Newest first. A constant number of queries."""
    news = [*_attempts(learner, now), *_submissions(learner, now)]
    return sorted(news, key=lambda each: each.at, reverse=True)[:SHOWN]


def _attempts(learner: User, now: datetime) -> list[News]:
    attempts = list(_over_since(learner, now - RECENT)[:SHOWN])
    note_late_ends([attempt.quiz for attempt in attempts], now)
    return [
        News(
            kind="quiz",
            title=attempt.quiz.title(),
            url=reverse("quizzes:result", args=[attempt.pk]),
            at=attempt.news_at,
            score=Score(attempt.score or 0.0, attempt.max_score) if attempt.quiz.shows_score(now) else None,
            is_marked=attempt.change == ChangeKind.MARKING and attempt.quiz.shows_score(now),
            is_changed=attempt.change in _CHANGES and attempt.quiz.shows_score(now),
        )
        for attempt in attempts
    ]


_CHANGES = {ChangeKind.CORRECTION.value, ChangeKind.ADJUSTMENT.value}


def _over_since(learner: User, since: datetime) -> QuerySet[Attempt, Any]:
    """Newest first, with the last change of a score that somebody made."""
    changes = (
        MarkChange.objects.filter(
            attempt_item__attempt=OuterRef("pk"), kind__in=[*_CHANGES, ChangeKind.MARKING]
        )
        .exclude(from_score=F("to_score"), from_points=F("to_points"))
        .order_by("-pk")
    )
    return (
        Attempt.objects.filter(learner=learner, submitted_at__isnull=False)
        .annotate(
            change=Subquery(changes.values("kind")[:1]),
            news_at=Greatest("submitted_at", Subquery(changes.values("at")[:1])),
        )
        .filter(news_at__gte=since)
        .order_by("-news_at")
        .select_related("quiz")
    )


def _submissions(learner: User, now: datetime) -> list[News]:
    final = (
        Submission.objects.filter(learner=learner)
        .exclude(state__in=OPEN_STATES)
        .annotate(news_at=Greatest("graded_at", "regraded_at"))  # of PostgreSQL: what is null does not count
        .filter(news_at__gte=now - RECENT)
        .select_related("assignment", "exercise", "assignment__exercise")
        .defer("source", "report")
    )
    return [
        News(
            kind="assignment",
            title=submission.assignment.title(),
            url=reverse("assignments:submission", args=[submission.pk]),
            at=submission.regraded_at or submission.graded_at or submission.created_at,
            score=Score(submission.score or 0.0, submission.max_score or 0.0)
            if submission.state == State.GRADED
            else None,
            is_failure_of_ours=submission.state == State.SYSTEM_ERROR,
            is_regraded=submission.regraded_at is not None,
        )
        for submission in final.order_by("-news_at")[:SHOWN]
    ]
