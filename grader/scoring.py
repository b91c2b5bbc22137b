"""From checks to a mark. A check gives all its points or none; partial credit is what several checks are for."""

from collections.abc import Iterable

from grader.report import CheckResult, Verdict


def points(verdict: Verdict, max_points: float) -> float:
    return max_points if verdict is Verdict.PASSED else 0.0


def total(checks: Iterable[CheckResult]) -> float:
    """Rounded to cents, so that ten times 0.1 is 1."""
    return round(sum(check.points for check in checks), 2)
