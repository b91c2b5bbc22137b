"""Submissions and assignments as JSON, in the language of the request (`Accept-Language`)."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from grader.uploads.upload import MAX_UPLOAD_BYTES
from prova.assignments.models import Assignment, Submission
from prova.assignments.shown_files import files_of, notices_of
from prova.assignments.uploads import upload_of
from prova.assignments.verdicts import CheckView, report_view
from prova.assignments.waiting import waiting
from prova.courses.texts import text_in


class SourceSerializer(serializers.Serializer[Any]):
    """A text as JSON, or a file as a multipart form."""

    # What may be in it is the reader's to say (`grader.uploads`), so that page and program hear the same sentence.
    source = serializers.CharField(trim_whitespace=False, allow_blank=True, required=False)  # type: ignore[assignment]
    file_name = serializers.CharField(required=False, default="", allow_blank=True, max_length=1000)
    file = serializers.FileField(required=False, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].validators = []

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("source" in attrs) == ("file" in attrs):
            raise serializers.ValidationError(_("Send either the text as `source` or a file as `file`."))
        return attrs

    def content(self) -> tuple[bytes | str, str]:
        """And the file's name, where there is one."""
        data = self.validated_data
        if "file" in data:
            return data["file"].read(MAX_UPLOAD_BYTES + 1), data["file"].name
        return data["source"], data["file_name"]


class AssignmentSerializer(serializers.ModelSerializer[Assignment]):
    course = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    title = serializers.CharField(read_only=True)
    statement = serializers.SerializerMethodField()
    starter = serializers.SerializerMethodField()
    functions = serializers.SerializerMethodField()
    exercise = serializers.CharField(source="exercise_slug", read_only=True)
    exercise_version = serializers.CharField(source="exercise.version", read_only=True)

    class Meta:
        model = Assignment
        fields = [
            "id",
            "course",
            "slug",
            "title",
            "points",
            "opens_at",
            "closes_at",
            "exercise",
            "exercise_version",
            "statement",
            "functions",
            "starter",
        ]

    def get_statement(self, assignment: Assignment) -> str:
        return text_in(assignment.exercise.metadata["statements"])

    def get_starter(self, assignment: Assignment) -> str:
        return assignment.exercise.metadata["starter"]

    def get_functions(self, assignment: Assignment) -> list[str]:
        return [function["signature"] for function in assignment.exercise.metadata["functions"]]


def submission_data(submission: Submission, *, with_report: bool = True) -> dict[str, Any]:
    wait = waiting(submission) if with_report else None
    data: dict[str, Any] = {
        "id": submission.pk,
        "assignment": submission.assignment_id,
        "state": submission.state,
        "created_at": submission.created_at,
        "graded_at": submission.graded_at,
        "score": submission.score,
        "max_score": submission.max_score,
    }
    upload = upload_of(submission)
    data["files"] = [{"name": file.name, "bytes": file.size_bytes} for file in files_of(upload)]
    if with_report:
        data["notices"] = notices_of(upload, get_language() or "en").texts
        data["position"] = wait.position if wait else None
        data["report"] = _report_data(submission)
    return data


def _report_data(submission: Submission) -> dict[str, Any] | None:
    shown = report_view(submission)
    if shown is None:
        return None
    return {
        "load_error": shown.load_error,
        "printed": shown.printed,
        "checks": [_check_data(check) for check in shown.checks],
    }


def _check_data(check: CheckView) -> dict[str, Any]:
    return {
        "name": check.name,
        "title": strip_tags(check.title),
        "passed": check.passed,
        "verdict": str(check.word.text),
        "points": check.points,
        "max_points": check.max_points,
        "sentence": check.sentence,
        "slip": strip_tags(check.slip),
        "read_on": check.source,
        "smallest_failing_input": list(check.calls),
        "expected": "".join(piece.text for piece in check.expected),
        "got": "".join(piece.text for piece in check.got),
    }
