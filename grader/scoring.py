"""From checks to a mark. A check gives all its points or none, unless it measures and its curve says how much."""

from collections.abc import Iterable

from grader.report import CheckResult, Verdict


def points(verdict: Verdict, max_points: float, share: float = 0.0) -> float:
    """In cents. `share` counts for a partial verdict."""
    if verdict.earns_all:
        return max_points
    return round(share * max_points, 2) if verdict is Verdict.PARTIAL else 0.0


def total(checks: Iterable[CheckResult]) -> float:
    """Rounded to cents, so that ten times 0.1 is 1."""
    return round(sum(check.points for check in checks), 2)
