"""Who may read how hidden checks failed: instructors always, learners once the assignment has closed or an instructor
says so. Before, nothing of it leaves the database in an answer to a learner."""

from datetime import datetime

from django.utils import timezone

from grader.report import CheckResult, check_results_from_message
from prova.assignments.models import Assignment, Submission


def learners_may_read(assignment: Assignment, now: datetime | None = None) -> bool:
    """An instructor's decision goes before the closing time; without either they never may. By the server's clock."""
    if assignment.hidden_details_shown is not None:
        return assignment.hidden_details_shown
    return assignment.closes_at is not None and (now or timezone.now()) >= assignment.closes_at


def details_of(submission: Submission, *, for_instructor: bool) -> dict[str, CheckResult]:
    """By the check's name; empty while the reader may not know. `submission.assignment` is read."""
    if not (for_instructor or learners_may_read(submission.assignment)):
        return {}
    return {check.name: check for check in check_results_from_message(submission.hidden_details)}
