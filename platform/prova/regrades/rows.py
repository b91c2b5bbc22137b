"""The rows of one page of changes, in words of one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from grader.report import Verdict
from prova.assignments.verdict_words import WORDS
from prova.assignments.verdicts import listed_checks
from prova.regrades.comparison import CheckShift, check_shifts
from prova.regrades.overview import Change, reports_of


@dataclass(frozen=True, kw_only=True)
class CheckLine:
    title: Any
    before: str
    after: str
    points_before: float | None
    points_after: float | None


@dataclass(frozen=True, kw_only=True)
class Row:
    change: Change
    checks: Sequence[CheckLine]


def rows_of(changes: Sequence[Change], metadata: Mapping[str, Any]) -> list[Row]:
    """`metadata`: of the version of the exercise that the regrade was judged with."""
    titles = {check.name: check.title for check in listed_checks(metadata)}
    reports = reports_of(changes)
    return [
        Row(
            change=change,
            checks=[_line(each, titles) for each in check_shifts(*reports.get(change.item, ([], [])))],
        )
        for change in changes
    ]


def _line(each: CheckShift, titles: Mapping[str, Any]) -> CheckLine:
    return CheckLine(
        title=titles.get(each.name, each.name.replace("_", " ")),
        before=_word(each.verdict_before),
        after=_word(each.verdict_after),
        points_before=each.points_before,
        points_after=each.points_after,
    )


def _word(verdict: str | None) -> str:
    return _("no such check") if verdict is None else str(WORDS[Verdict(verdict)].text)
