"""An exercise with two checks, and what graders say about it."""

from typing import Any

from prova.assignments.models import Assignment, Exercise, Submission
from prova.courses.models import Course

from grader.report import (
    CheckResult,
    GradingReport,
    Message,
    Outcome,
    ProgressNote,
    ShownCall,
    Usage,
    Verdict,
)

METADATA: dict[str, Any] = {
    "titles": {"en": "Halving", "pt-br": "Metade"},
    "summaries": {"en": "Divide by two.", "pt-br": "Divida por dois."},
    "statements": {"en": "Write `halve`: $x / 2$.", "pt-br": "Escreva `halve`: $x / 2$."},
    "topics": ["numbers"],
    "level": "introductory",
    "starter": "def halve(x):\n    raise NotImplementedError\n",
    "support": None,
    "functions": [{"name": "halve", "signature": "halve(x: float) -> float"}],
    "checks": [
        {"name": "half_of_a_whole_number", "points": 3.0, "visible": True, "depends_on": []},
        {"name": "half_of_anything", "points": 1.0, "visible": False, "depends_on": []},
    ],
    "messages": {
        "checks.half_of_a_whole_number": {"en": "Half of a whole number", "pt-br": "Metade de um inteiro"},
        "checks.half_of_anything": {"en": "Half of anything", "pt-br": "Metade de qualquer número"},
        "floor_division": {
            "en": "You used $//$, which rounds down.",
            "pt-br": "Você usou $//$, que arredonda para baixo.",
        },
    },
    "imports": ["numpy"],
    "source_kib": 64,
    "max_score": 4.0,
}
SOLUTION = "def halve(x):\n    return x / 2\n"


def make_exercise(version: str = "1" * 24) -> Exercise:
    return Exercise.objects.create(slug="halving", version=version, metadata=METADATA)


def make_assignment(course: Course, exercise: Exercise, **fields: Any) -> Assignment:
    given = {"slug": "halving", "exercise_slug": "halving", "points": 10.0, "is_published": True, **fields}
    return Assignment.objects.create(course=course, exercise=exercise, **given)


def passed(name: str = "half_of_a_whole_number", points: float = 3.0, visible: bool = True) -> CheckResult:
    return CheckResult(
        name=name, points=points, max_points=points, verdict=Verdict.PASSED, visible=visible, calls=50
    )


def failed(**fields: Any) -> CheckResult:
    given: dict[str, Any] = {
        "name": "half_of_a_whole_number",
        "points": 0.0,
        "max_points": 3.0,
        "verdict": Verdict.WRONG_ANSWER,
        "visible": True,
        "message": Message(key="wrong_value", params={"expected": "0.5", "got": "0"}),
        "slip": "floor_division",
        "example": (ShownCall(function="halve", arguments=("1",), returned="0"),),
        "expected": "0.5",
        "got": "0",
    }
    return CheckResult(**given | fields)


HIDDEN_PASSED = passed("half_of_anything", 1.0, visible=False)


def report_of(submission: Submission, *checks: CheckResult, **fields: Any) -> dict[str, Any]:
    checks = checks or (passed(), HIDDEN_PASSED)
    given: dict[str, Any] = {
        "submission_id": submission.pk,
        "nonce": str(submission.nonce),
        "outcome": Outcome.GRADED,
        "exercise": submission.exercise.slug,
        "exercise_version": submission.exercise.version,
        "checks": checks,
        "score": sum(check.points for check in checks),
        "max_score": sum(check.max_points for check in checks),
        "profile": "A",
        "versions": {"numpy": "2.4"},
        "usage": Usage(cpu_s=0.1, wall_s=0.2, peak_bytes=2**24, sessions=2),
    }
    return GradingReport(**given | fields).to_message()


def failure_of_ours(submission: Submission) -> dict[str, Any]:
    return report_of(
        submission,
        checks=(),
        score=0.0,
        max_score=0.0,
        outcome=Outcome.SYSTEM_ERROR,
        failure="the zygote died",
    )


def note_of(submission: Submission, kind: str = "started", **fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "submission_id": submission.pk,
        "nonce": str(submission.nonce),
        "kind": kind,
        "total": 2,
    }
    return ProgressNote(**given | fields).to_message()
