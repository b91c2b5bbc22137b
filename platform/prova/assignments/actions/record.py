"""What the graders say, written down once."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from grader.report import GradingReport, Outcome, ProgressNote
from prova.accounts.models import User
from prova.assignments.actions.publish import lease, publish_or_leave_it_to_the_sweeper
from prova.assignments.actions.tries import try_again_or_give_up
from prova.assignments.leaderboard.standings import write_standing
from prova.assignments.models import Assignment, EventKind, Heartbeat, State, Submission, SubmissionEvent
from prova.assignments.reports import must_be_of, read_progress, read_report
from prova.gradebook.actions import record_score
from prova.gradebook.policies import Counts, Score
from prova.marking.actions.code_report import record_code_marks

log = logging.getLogger(__name__)


def record_progress(message: Mapping[str, Any]) -> bool:
    """A sign of life. False: it is about nothing that we wait for, and is forgotten."""
    note = read_progress(message)
    with transaction.atomic():
        submission = _locked(note.submission_id)
        if submission is None or submission.is_final or str(submission.nonce) != note.nonce:
            return False
        _apply(note, submission)
    notice_the_graders()
    return True


def _apply(note: ProgressNote, submission: Submission) -> None:
    now = timezone.now()
    if submission.state == State.QUEUED:
        submission.state = State.RUNNING
        submission.started_at = now
        submission.deadline_at = now + lease()
        _event(submission, EventKind.STARTED)
        transaction.on_commit(publish_or_leave_it_to_the_sweeper)
    progress = submission.progress or {"done": 0, "total": note.total, "checks": {}}
    # Only what is new moves the deadline: a file that kills its grader each time must not live on by starting anew.
    if note.done > progress["done"]:
        progress["done"] = note.done
        submission.deadline_at = now + lease()
    if note.check in {check["name"] for check in submission.exercise.metadata["checks"]}:
        progress["checks"][note.check] = note.verdict
    submission.progress = progress
    submission.save(update_fields=["state", "started_at", "deadline_at", "progress"])


def record_report(message: Mapping[str, Any]) -> bool:
    """Write the mark, if this report is of the current try and the first of it. False: it changed nothing."""
    try:
        report, refused = read_report(message), ""
    except ValueError as error:
        report, refused = None, str(error)
    submission_id, nonce = message.get("submission_id"), str(message.get("nonce"))
    with transaction.atomic():
        transaction.on_commit(publish_or_leave_it_to_the_sweeper)
        submission = _locked(submission_id)
        if submission is None:
            log.error("a report about submission %r, which does not exist", submission_id)
            return False
        if submission.is_final or str(submission.nonce) != nonce:
            _ignore(submission, nonce)
            return False
        refused = refused or _why_not(report, submission)
        if report is None or refused:
            _event(submission, EventKind.REFUSED_REPORT, {"why": refused})
            try_again_or_give_up(submission, refused)
        elif report.outcome is Outcome.SYSTEM_ERROR:
            _event(
                submission, EventKind.SYSTEM_FAILURE, {"failure": report.failure, "profile": report.profile}
            )
            try_again_or_give_up(submission, report.failure)
        else:
            _write_the_mark(submission, report)
    notice_the_graders()
    return True


def _write_the_mark(submission: Submission, report: GradingReport) -> None:
    submission.state = State.GRADED
    submission.graded_at = timezone.now()
    submission.started_at = submission.started_at or submission.graded_at
    submission.deadline_at = None
    submission.score, submission.max_score = report.score, report.max_score
    message = report.to_message()
    submission.hidden_details = message.pop("hidden_details")  # kept apart: learners may not read it yet
    submission.report = message
    submission.save()
    _event(submission, EventKind.GRADED, {"score": report.score, "max_score": report.max_score})
    if submission.attempt_item_id is not None:
        record_code_marks(submission)
    elif submission.shadow_of_id is None:
        write_standing(submission)
        set_the_grade(submission.assignment, submission.learner_id, reason=f"submission {submission.pk}")


def set_the_grade(assignment: Assignment, learner_id: int, *, reason: str) -> None:
    """From all marks of this learner; in a row with whoever else does so, or the later one would miss the earlier."""
    learner = User.objects.select_for_update(no_key=True).get(pk=learner_id)
    marks = (
        Submission.objects.filter(assignment=assignment, learner=learner, state=State.GRADED)
        .order_by("pk")
        .values_list("score", "max_score")
    )
    scores = [_in_points_of_the_course(assignment, score or 0.0, most or 1.0) for score, most in marks]
    record_score(
        learner,
        scores,
        counts=Counts(assignment.counts),
        reason=reason,
        assignment=assignment,
    )


def _in_points_of_the_course(assignment: Assignment, score: float, max_score: float) -> Score:
    return Score(assignment.points * score / max_score, assignment.points)


def _ignore(submission: Submission, nonce: str) -> None:
    same = str(submission.nonce) == nonce
    kind = EventKind.DUPLICATE_REPORT if same else EventKind.LATE_REPORT
    try:
        SubmissionEvent.objects.create(submission=submission, kind=kind, nonce=UUID(nonce))
    except ValueError:
        log.error("a report about submission %s with a nonce that is none", submission.pk)


def _locked(submission_id: object) -> Submission | None:
    if type(submission_id) is not int or not 0 < submission_id < 2**63:
        return None
    return (
        Submission.with_shadows.select_for_update(of=("self",))
        .select_related("assignment__course", "exercise")
        .filter(pk=submission_id)
        .first()
    )


def _why_not(report: GradingReport | None, submission: Submission) -> str:
    """Why this is no report about this submission; "": it is one."""
    exercise = submission.exercise
    if report is None or (report.exercise, report.exercise_version) != (exercise.slug, exercise.version):
        return "the report is about another exercise"
    try:
        if report.outcome is Outcome.GRADED:
            must_be_of(report, exercise.metadata)
    except ValueError as error:
        return str(error)
    return ""


def _event(submission: Submission, kind: EventKind, detail: Mapping[str, Any] | None = None) -> None:
    SubmissionEvent.objects.create(
        submission=submission, kind=kind, nonce=submission.nonce, detail=detail or {}
    )


GRADERS = "graders"
_NOTICE_EVERY = timedelta(seconds=2)


def notice_the_graders() -> None:
    """Somebody out there is grading. Written seldom: it is one row that every report would otherwise queue for."""
    now = timezone.now()
    if Heartbeat.objects.filter(name=GRADERS, beat_at__gt=now - _NOTICE_EVERY).exists():
        return
    Heartbeat.objects.update_or_create(name=GRADERS, defaults={"beat_at": now})
