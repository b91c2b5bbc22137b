"""A class in figures: per quiz and assignment, who has begun and how it went."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from prova.accounts.models import User
from prova.assignments.models import Assignment, Submission
from prova.courses.models import Course
from prova.gradebook.models import GradebookEntry
from prova.quizzes.models import Attempt, Quiz
from prova.teaching.charts import Histogram, histogram
from prova.teaching.figures import Summary, share, summarise
from prova.teaching.findings import score_finding

#: what closes sooner is worth asking who has not begun
SOON = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Work:
    """One quiz or assignment, as the class did it."""

    kind: str  #: "quiz" or "assignment"
    title: str
    url: str
    closes_at: datetime | None
    is_published: bool
    started: int
    not_started: tuple[User, ...]
    summary: Summary
    provisional: int  #: scores that may rise: answers are still to be marked
    finding: str
    chart: Histogram

    @property
    def is_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    def is_due_soon(self, now: datetime) -> bool:
        return self.is_published and self.closes_at is not None and now < self.closes_at <= now + SOON


@dataclass(frozen=True)
class _Score:
    share: float
    is_provisional: bool


def works_of(course: Course, learners: Sequence[User]) -> list[Work]:
    """Quizzes first, then assignments; a constant number of queries."""
    quizzes = list(course.quizzes.order_by("pk"))
    assignments = list(course.assignments.select_related("exercise").order_by("pk"))
    shares = _shares(course, learners)
    attempted = _people(
        Attempt.objects.filter(quiz__course=course).values_list("quiz_id", "learner_id").distinct()
    )
    submitted = _people(
        Submission.objects.filter(assignment__course=course)
        .order_by()
        .values_list("assignment_id", "learner_id")
        .distinct()
    )
    return [
        _work(quiz, "quiz", learners, attempted[quiz.pk], shares["quiz", quiz.pk]) for quiz in quizzes
    ] + [
        _work(
            assignment, "assignment", learners, submitted[assignment.pk], shares["assignment", assignment.pk]
        )
        for assignment in assignments
    ]


def _shares(course: Course, learners: Sequence[User]) -> defaultdict[tuple[str, int], list[_Score]]:
    enrolled = {learner.pk for learner in learners}
    found: defaultdict[tuple[str, int], list[_Score]] = defaultdict(list)
    grades = GradebookEntry.objects.filter(course=course).values_list(
        "quiz_id", "assignment_id", "learner_id", "points", "max_points", "is_provisional"
    )
    for quiz, assignment, learner, points, max_points, is_provisional in grades:
        value = share(points, max_points)
        if learner in enrolled and value is not None:
            found["quiz" if quiz else "assignment", quiz or assignment].append(_Score(value, is_provisional))
    return found


def _people(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for work, learner in pairs:
        found[work].add(learner)
    return found


def _work(
    work: Quiz | Assignment, kind: str, learners: Sequence[User], started: set[int], scores: list[_Score]
) -> Work:
    not_started = tuple(learner for learner in learners if learner.pk not in started)
    shares = [score.share for score in scores]
    summary = summarise(shares)
    return Work(
        kind=kind,
        title=work.title(),
        url=_url(work),
        closes_at=work.closes_at,
        is_published=work.is_published,
        started=len(learners) - len(not_started),
        not_started=not_started,
        summary=summary,
        provisional=sum(score.is_provisional for score in scores),
        finding=score_finding(summary),
        chart=histogram(shares, median=summary.median),
    )


def _url(work: Quiz | Assignment) -> str:
    course = work.course.slug
    if isinstance(work, Quiz):
        return reverse("teaching:quiz_results", args=[course, work.slug])
    return f"{reverse('teaching:submissions', args=[course])}?assignment={work.slug}"


def stuck_submissions(course: Course, now: datetime) -> list[Submission]:
    """Failures of ours: given up, or waiting for far longer than a grading takes. Newest first, at most 20."""
    long_ago = now - timedelta(minutes=10)
    return list(
        Submission.objects.filter(assignment__course=course)
        .filter(Q(state="system_error") | Q(state__in=["queued", "running"], created_at__lt=long_ago))
        .select_related("learner", "assignment__exercise")
        .defer("source", "report", "progress")
        .order_by("-pk")[:20]
    )
