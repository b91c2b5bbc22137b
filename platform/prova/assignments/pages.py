"""What the templates of an assignment are given."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from grader.uploads.upload import MAX_UPLOAD_BYTES
from prova.accounts.models import User
from prova.assignments.leaderboard.standing_view import standing_view
from prova.assignments.leaderboard.terms import Terms
from prova.assignments.models import Assignment, State, Submission
from prova.assignments.prerequisites import prerequisites_of
from prova.assignments.shown_files import files_of, notices_of
from prova.assignments.source_diff import diff_uploads
from prova.assignments.statements import statement_html
from prova.assignments.uploads import limit_bytes, upload_of
from prova.assignments.verdicts import CheckView, listed_checks, report_view
from prova.assignments.waiting import waiting
from prova.courses.models import Course, Role
from prova.courses.texts import text_in


def exercise_page(
    assignment: Assignment, course: Course, role: Role, learner: User, mine: Sequence[Submission]
) -> dict[str, Any]:
    """`mine`: the learner's own submissions, newest first."""
    metadata = assignment.exercise.metadata
    language = get_language() or "en"
    now = timezone.now()
    newest = mine[0] if mine else None
    prerequisites = prerequisites_of(assignment, learner)
    if newest is not None:
        newest.assignment = assignment
        assignment.course = course
    return {
        "course": course,
        "assignment": assignment,
        "is_instructor": role is Role.INSTRUCTOR,
        "statement": mark_safe(statement_html(text_in(metadata["statements"]), language)),
        "summary": text_in(metadata.get("summaries") or {}),
        "functions": metadata["functions"],
        "imports": metadata["imports"],
        "support": metadata["support"],
        "checks": listed_checks(metadata),
        "starter": metadata["starter"],
        "prerequisites": prerequisites,
        "is_locked": assignment.prerequisites_required and any(not each.is_done for each in prerequisites),
        "has_leaderboard": Terms.of(metadata) is not None,
        "code": newest.source if newest else metadata["starter"],
        "max_bytes": limit_bytes(metadata),
        "max_upload_bytes": MAX_UPLOAD_BYTES,
        "kept_files": files_of(upload_of(newest))[1:] if newest else (),
        "is_early": assignment.opens_at is not None and now < assignment.opens_at,
        "is_closed": assignment.closes_at is not None and now >= assignment.closes_at,
    } | (verdict_fragment(newest, earlier=mine[1:]) if newest else {"submission": None})


def verdict_fragment(
    submission: Submission, *, earlier: Sequence[Submission] = (), is_new: bool = False, is_poll: bool = False
) -> dict[str, Any]:
    """`earlier`: newest first, the first of them is compared with."""
    wait = waiting(submission)
    previous = earlier[0] if earlier else None
    upload = upload_of(submission)
    return {
        "course": submission.assignment.course,
        "assignment": submission.assignment,
        "submission": submission,
        "waiting": wait,
        "report": report_view(submission),
        "standing": standing_view(submission),
        "running_checks": _with_the_current_one(submission, submission.progress or {}) if wait else [],
        "files": files_of(upload),
        "notices": notices_of(upload, get_language() or "en"),
        "earlier": earlier,
        "previous": previous,
        "changes": diff_uploads(upload_of(previous), upload) if previous else None,
        "is_new": is_new,
        "is_poll": is_poll,
    }


def _with_the_current_one(
    submission: Submission, progress: Mapping[str, Any]
) -> list[tuple[CheckView, bool]]:
    """Each check in the order of grading, and whether it is the one that runs now."""
    checks = listed_checks(
        submission.exercise.metadata, progress.get("checks", {}), done=progress.get("done", 0)
    )
    current = progress.get("done", 0) if submission.state == State.RUNNING else -1
    return [(check, index == current) for index, check in enumerate(checks)]


def uploaded_source(request: HttpRequest) -> tuple[bytes | str, str]:
    """A chosen file goes before the text; (content, file name)."""
    upload = request.FILES.get("file")
    if upload is not None and upload.name:
        return upload.read(MAX_UPLOAD_BYTES + 1), upload.name  # one byte more is enough to refuse it
    # Browsers send every line of a text area with CR LF, whatever was typed.
    return request.POST.get("source", "").replace("\r\n", "\n"), ""
