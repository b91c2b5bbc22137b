"""An exercise that measures, and graders' reports about it."""

from typing import Any

from prova.accounts.models import User
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.models import Assignment, Exercise, Submission
from prova.courses.models import Course, Enrolment, Role

from grader.metric import Metric
from grader.report import CheckResult, Message, Verdict
from tests.prova.assignments import samples

RISING, FALLING = [[2.0, 0.0], [8.0, 1.0]], [[1.0, 1.0], [8.0, 0.0]]
TITLES = {"en": "Eight bits a weight", "pt-br": "Oito bits por peso"}


def check(name: str, points: float, *, visible: bool = True, curve: Any = ()) -> dict[str, Any]:
    return {"name": name, "points": points, "visible": visible, "depends_on": [], "curve": curve}


CHECKS = [
    check("it_is_right", 2.0),
    check("it_is_small", 4.0, curve=RISING),
    check("it_is_exact", 4.0, curve=FALLING),
    check("it_is_small_unseen", 4.0, visible=False, curve=RISING),
    check("it_is_right_unseen", 2.0, visible=False),
]
BOARD: dict[str, Any] = {
    "check": "it_is_small",
    "rises": True,
    "against": "it_is_exact",
    "against_rises": False,
    "baselines": [{"titles": TITLES, "value": 4.0, "against": 0.5}],
}
HIDDEN_BOARD = BOARD | {"check": "it_is_small_unseen", "against": None, "against_rises": True}


def metadata_with(board: dict[str, Any] | None) -> dict[str, Any]:
    messages = {f"checks.{each['name']}": {"en": each["name"], "pt-br": each["name"]} for each in CHECKS}
    return samples.METADATA | {
        "checks": CHECKS,
        "messages": messages,
        "leaderboard": board,
        "max_score": 16.0,
        "topics": ["pruning"],
    }


def make_exercise(board: dict[str, Any] | None = None, version: str = "b" * 24) -> Exercise:
    return Exercise.objects.create(slug="halving", version=version, metadata=metadata_with(board or BOARD))


def make_assignment(course: Course, exercise: Exercise, **fields: Any) -> Assignment:
    return samples.make_assignment(course, exercise, points=16.0, **fields)


def learner(course: Course, name: str, **fields: Any) -> User:
    user = User.objects.create_user(name, first_name=name.capitalize(), last_name="Student")
    Enrolment.objects.create(course=course, user=user, role=Role.LEARNER, **fields)
    return user


def metric(key: str, value: float, low: float | None = None, high: float | None = None) -> Metric:
    low, high = value if low is None else low, value if high is None else high
    return Metric(key=key, value=value, low=low, high=high)


def measured(name: str, found: Metric | None, share: float = 0.5, *, visible: bool = True) -> CheckResult:
    verdict = Verdict.PASSED if share == 1 else Verdict.PARTIAL if share else Verdict.WRONG_ANSWER
    return CheckResult(
        name=name,
        points=4.0 * share,
        max_points=4.0,
        verdict=verdict,
        visible=visible,
        metric=found,
        message=None if verdict is Verdict.PASSED else Message(key="hidden_failed"),
    )


def results(
    ratio: Metric, drop: float = 0.5, *, unseen: float = 4.0, unseen_share: float = 0.3, right: bool = True
) -> tuple[tuple[CheckResult, ...], tuple[CheckResult, ...]]:
    """Checks as learners see them, and the details of the hidden ones."""
    is_right = samples.passed("it_is_right", 2.0)
    if not right:
        is_right = samples.failed(name="it_is_right", max_points=2.0, slip=None)
    checks = (
        is_right,
        measured("it_is_small", ratio),
        measured("it_is_exact", metric("accuracy_drop_points", drop)),
        measured("it_is_small_unseen", None, unseen_share, visible=False),
        samples.passed("it_is_right_unseen", 2.0, visible=False),
    )
    detail = measured("it_is_small_unseen", metric("compression_ratio", unseen), unseen_share, visible=False)
    return checks, (detail,)


def hand_in(
    assignment: Assignment,
    who: User,
    value: float,
    low: float | None = None,
    high: float | None = None,
    **what: Any,
) -> Submission:
    """Graded with this compression ratio."""
    submission = submit_solution(assignment, who, samples.SOLUTION)
    checks, details = results(metric("compression_ratio", value, low, high), **what)
    assert record_report(samples.report_of(submission, *checks, hidden_details=details))
    submission.refresh_from_db()
    assert submission.score is not None, submission.events.last()
    return submission
