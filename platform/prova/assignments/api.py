"""The same submissions for programs: a token instead of a page. A learner sees nothing here that a page would not show."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import APIException
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from prova.accounts.models import User
from prova.assignments.actions import SubmissionRefused, submit_solution
from prova.assignments.models import Assignment, Submission
from prova.assignments.serializers import AssignmentSerializer, SourceSerializer, submission_data
from prova.courses.models import Role


class Reads(UserRateThrottle):
    """A program that polls ten times a second is asked to wait; one that polls every second is not."""

    rate = "240/min"


class Refused(APIException):
    """The sentence of the refusal; its code is for programs."""

    def __init__(self, refused: SubmissionRefused) -> None:
        self.status_code = 429 if refused.is_about_pace else 422
        super().__init__(detail={"code": refused.code, "detail": refused.sentence})


def assignments_for(user: User) -> QuerySet[Assignment]:
    """Published ones of one's courses, and for their instructors the others too."""
    enrolled = Assignment.objects.filter(course__enrolments__user=user)
    teaching = enrolled.filter(course__enrolments__user=user, course__enrolments__role=Role.INSTRUCTOR)
    return (
        (enrolled.filter(is_published=True) | teaching)
        .distinct()
        .select_related("exercise", "course")
        .order_by("pk")
    )


def _submissions_of(request: Request) -> QuerySet[Submission]:
    mine = Submission.objects.filter(learner=cast(User, request.user))
    return mine.select_related("assignment", "exercise").defer("hidden_details")


class AssignmentList(ListAPIView[Assignment]):
    throttle_classes = [Reads]
    serializer_class = AssignmentSerializer

    def get_queryset(self) -> QuerySet[Assignment]:
        return assignments_for(cast(User, self.request.user))


class SubmissionList(APIView):
    throttle_classes = [Reads]

    def get(self, request: Request, assignment: int) -> Response:
        found = self._assignment(request, assignment)
        mine = _submissions_of(request).filter(assignment=found)[:50]
        return Response([submission_data(one, with_report=False) for one in mine])

    def post(self, request: Request, assignment: int) -> Response:
        found = self._assignment(request, assignment)
        asked = SourceSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        content, file_name = asked.content()
        try:
            new = submit_solution(found, cast(User, request.user), content, file_name=file_name)
        except SubmissionRefused as refused:
            raise Refused(refused) from None
        address = reverse("assignments:api_submission", args=[new.pk], request=request)
        return Response(submission_data(new), status=201, headers={"Location": address})

    def _assignment(self, request: Request, pk: int) -> Assignment:
        return get_object_or_404(assignments_for(cast(User, request.user)), pk=pk)


class SubmissionDetail(APIView):
    throttle_classes = [Reads]

    def get(self, request: Request, submission: int, *args: Any) -> Response:
        return Response(submission_data(get_object_or_404(_submissions_of(request), pk=submission)))
