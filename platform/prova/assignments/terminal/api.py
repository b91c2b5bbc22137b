"""For `prova get` and `prova submit`: nothing here that the pages do not show the same person."""

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from prova.accounts.models import User
from prova.assignments.actions import SubmissionRefused
from prova.assignments.api import Reads, Refused, assignments_for
from prova.assignments.models import Assignment, Submission
from prova.assignments.refusals import Refusal
from prova.assignments.terminal.learner_report import learner_report, texts_for
from prova.assignments.terminal.student_packages import student_package
from prova.assignments.uploads import upload_of
from prova.assignments.waiting import waiting
from prova.courses.models import Role


class Packages(UserRateThrottle):
    scope = "packages"
    rate = "60/min"


class Package(APIView):
    """The student's part of an exercise, as a zip."""

    throttle_classes = [Packages]

    def get(self, request: Request, assignment: int) -> HttpResponse:
        user = cast(User, request.user)
        found = get_object_or_404(assignments_for(user), pk=assignment)
        if not _has_opened(found) and not _teaches(found, user):
            raise Refused(SubmissionRefused(Refusal.NOT_OPEN_YET))
        content = student_package(found.exercise)
        if content is None:
            raise NotFound(_("This exercise has no checks for your own machine. Submit your file instead."))
        headers = {"Content-Disposition": f'attachment; filename="{found.exercise_slug}.zip"'}
        return HttpResponse(content, content_type="application/zip", headers=headers)


class Report(APIView):
    """How far grading is; and the report as values, to be printed in the reader's language."""

    throttle_classes = [Reads]

    def get(self, request: Request, submission: int) -> Response:
        mine = Submission.objects.filter(learner=cast(User, request.user)).defer("hidden_details")
        found = get_object_or_404(mine.select_related("assignment", "exercise"), pk=submission)
        return Response(_progress(found) | _report(found))


def _progress(found: Submission) -> dict[str, Any]:
    wait = waiting(found)
    return {
        "state": found.state,
        "position": wait.position if wait else None,
        "is_stalled": bool(wait and wait.is_stalled),
        "poll_ms": wait.poll_ms if wait else 0,
        "done": (found.progress or {}).get("done", 0),
        "total": len(found.exercise.metadata["checks"]),
    }


def _report(found: Submission) -> dict[str, Any]:
    if found.report is None:
        return {"report": None, "texts": None}
    report = learner_report(found.report, upload_of(found))
    return {"report": report.to_message(), "texts": texts_for(report, found.exercise.metadata)}


def _has_opened(found: Assignment) -> bool:
    return found.opens_at is None or found.opens_at <= timezone.now()


def _teaches(found: Assignment, user: User) -> bool:
    return found.course.enrolments.filter(user=user, role=Role.INSTRUCTOR).exists()
