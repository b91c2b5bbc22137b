"""Who may read how hidden checks failed: instructors always, learners once the assignment has closed or an instructor
says so. Before, nothing of it leaves the database in an answer to a learner."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from grader.report import CheckResult, check_results_from_message
from prova.assignments.models import Assignment, Submission


def learners_may_read(assignment: Assignment, now: datetime | None = None) -> bool:
    """An instructor's decision goes before the closing time; without either they never may. By the server's clock."""
    if assignment.hidden_details_shown is not None:
        return assignment.hidden_details_shown
    now = now or timezone.now()
    has_closed = assignment.closes_at is not None and now >= assignment.closes_at
    return has_closed and not is_open_elsewhere(assignment, now)


def is_open_elsewhere(assignment: Assignment, now: datetime) -> bool:
    """Whether others still work on the same exercise: its hidden checks draw from the same inputs everywhere."""
    others = Assignment.objects.filter(exercise_slug=assignment.exercise_slug, is_published=True)
    still_open = Q(closes_at__isnull=True) | Q(closes_at__gt=now)
    return others.exclude(pk=assignment.pk).filter(still_open).exists()


def details_of(submission: Submission, *, for_instructor: bool) -> dict[str, CheckResult]:
    """By the check's name; empty while the reader may not know. `submission.assignment` is read."""
    if not (for_instructor or learners_may_read(submission.assignment)):
        return {}
    return {check.name: check for check in check_results_from_message(submission.hidden_details)}
