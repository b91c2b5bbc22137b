"""A hidden check as learners see it. Pure."""

from grader import feedback
from grader.measured import hidden_message
from grader.report import CheckResult, Verdict


def concealed(result: CheckResult) -> CheckResult:
    """What learners see of a hidden check: right or not, and nothing else. The code under test sees the inputs, and could
    tell of them by choosing how it fails, how often it is called or how long it takes."""
    if result.verdict is Verdict.PARTIAL:
        verdict, message = Verdict.PARTIAL, hidden_message(result.points / result.max_points)
    elif result.verdict.earns_all:
        verdict, message = result.verdict, None
    else:
        verdict, message = Verdict.WRONG_ANSWER, feedback.HIDDEN
    return CheckResult(
        name=result.name,
        points=result.points,
        max_points=result.max_points,
        verdict=verdict,
        visible=False,
        message=message,
    )
