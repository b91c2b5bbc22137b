"""From a report to what ranks it. Pure.

Of a hidden check two things are kept apart: the tenths of its points, which every learner is told of their own work and
may be told of others', and what it measured, which is told with the other details of hidden checks, once the assignment
has closed. A hidden check that earned nothing does not say whether it measured, so it gives no result either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.metric import Metric
from grader.report import CheckResult, Verdict
from prova.assignments.leaderboard.terms import Terms

#: key of what a hidden check tells before the assignment has closed: percent of its points, in tenths
POINTS_SHARE = "points_share"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`key`, `value` and band as in `grader.metric.Metric`."""

    key: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Result:
    told: Measured  #: at any time
    full: Measured  #: with the details of hidden checks; the same where the check is visible
    against: Measured | None
    full_against: Measured | None


def result_of(
    terms: Terms, checks: Iterable[CheckResult], hidden_details: Iterable[CheckResult] = ()
) -> Result | None:
    """None: not ranked, as a check without a curve was not passed, or nothing was measured."""
    by_name = {check.name: check for check in checks}
    details = {check.name: check for check in hidden_details}
    if not _passes_the_others(terms, by_name):
        return None
    told, full = _sides(terms.check, terms.is_hidden, by_name, details)
    if told is None or full is None:
        return None
    against = full_against = None
    if terms.against:
        against, full_against = _sides(terms.against, terms.against_is_hidden, by_name, details)
    return Result(told=told, full=full, against=against, full_against=full_against)


def is_ranked(terms: Terms, checks: Iterable[CheckResult]) -> bool:
    """As far as a learner may know, which is all but how a hidden check failed."""
    by_name = {check.name: check for check in checks}
    ranked = by_name.get(terms.check)
    if ranked is None or not _passes_the_others(terms, by_name):
        return False
    return ranked.points > 0 if terms.is_hidden else ranked.metric is not None


def _passes_the_others(terms: Terms, checks: Mapping[str, CheckResult]) -> bool:
    return terms.required <= {name for name, check in checks.items() if check.verdict is Verdict.PASSED}


def _sides(
    name: str, is_hidden: bool, checks: Mapping[str, CheckResult], details: Mapping[str, CheckResult]
) -> tuple[Measured | None, Measured | None]:
    """What may be told at any time, and in full."""
    check = checks.get(name)
    if check is None or check.visible is is_hidden:  # judged when the exercise was another one
        return None, None
    if not is_hidden:
        return _of(check.metric), _of(check.metric)
    detail = details.get(name)
    if check.points <= 0 or detail is None:
        return None, None
    percent = float(round(100 * check.points / check.max_points))
    share = Measured(key=POINTS_SHARE, value=percent, low=percent, high=percent)
    return share, _of(detail.metric)


def _of(metric: Metric | None) -> Measured | None:
    if metric is None:
        return None
    return Measured(key=metric.key, value=metric.value, low=metric.low, high=metric.high)
