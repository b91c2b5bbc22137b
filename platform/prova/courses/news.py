"""What became of a learner's work lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.functions import Greatest
from django.urls import reverse

from prova.accounts.models import User
from prova.assignments.models import OPEN_STATES, State, Submission
from prova.gradebook.policies import Score
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


def news_for(learner: User, now: datetime) -> list[News]:
    """Newest first. A constant number of queries."""
    news = [*_attempts(learner, now), *_submissions(learner, now)]
    return sorted(news, key=lambda each: each.at, reverse=True)[:SHOWN]


def _attempts(learner: User, now: datetime) -> list[News]:
    over = Attempt.objects.filter(learner=learner, submitted_at__gte=now - RECENT).select_related("quiz")
    return [
        News(
            kind="quiz",
            title=attempt.quiz.title(),
            url=reverse("quizzes:result", args=[attempt.pk]),
            at=attempt.submitted_at or attempt.started_at,
            score=Score(attempt.score or 0.0, attempt.max_score) if attempt.quiz.shows_score(now) else None,
        )
        for attempt in over.order_by("-submitted_at")[:SHOWN]
    ]


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
