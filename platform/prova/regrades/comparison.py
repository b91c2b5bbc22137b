"""Marks before and after, compared. Pure: values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prova.gradebook.policies import Counts, Score, counted

#: Shares closer than this are the same mark; points are added up as floats.
_SAME = 1e-9


@dataclass(frozen=True, kw_only=True)
class Marked:
    """One graded submission of a learner."""

    submission: int
    learner: int
    score: Score


@dataclass(frozen=True, kw_only=True)
class GradeShift:
    """What the gradebook would hold."""

    before: Score
    after: Score

    @property
    def changes(self) -> bool:
        return shift(self.before, self.after) != 0.0


@dataclass(frozen=True, kw_only=True)
class CheckShift:
    """A check whose verdict or points differ. None: the version has no such check."""

    name: str
    verdict_before: str | None
    verdict_after: str | None
    points_before: float | None
    points_after: float | None


def shift(before: Score, after: Score) -> float:
    """The difference of the shares, -1 to 1; exactly 0 for equal marks."""
    difference = after.share - before.share
    return 0.0 if abs(difference) < _SAME else difference


def counting(marks: Iterable[Marked], counts: Counts) -> set[int]:
    """Of each learner, the submission that became the grade. Marks are in the order they were earned."""
    chosen = set()
    for line in _by_learner(marks).values():
        score = counted([mark.score for mark in line], counts)
        chosen.add(next(mark.submission for mark in line if mark.score is score))
    return chosen


def grade_shifts(
    marks: Iterable[Marked], new: Mapping[int, Score], counts: Counts, points: float
) -> dict[int, GradeShift]:
    """Each learner's grade as it is and as it would be with these marks, in points of the course.

    `new`: submission -> mark.
    """
    shifts = {}
    for learner, line in _by_learner(marks).items():
        before = counted([_of(points, mark.score) for mark in line], counts)
        after = counted([_of(points, new.get(mark.submission, mark.score)) for mark in line], counts)
        if before is not None and after is not None:
            shifts[learner] = GradeShift(before=before, after=after)
    return shifts


def check_shifts(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[CheckShift]:
    """Of the checks of two reports, those that say something else; in the order of the new report, dropped ones last."""
    old, new = ({check["name"]: check for check in checks} for checks in (before, after))
    found = []
    for name in {**new, **old}:
        was, now = old.get(name), new.get(name)
        if was is None or now is None or _result(was) != _result(now):
            found.append(
                CheckShift(
                    name=name,
                    verdict_before=was["verdict"] if was else None,
                    verdict_after=now["verdict"] if now else None,
                    points_before=was["points"] if was else None,
                    points_after=now["points"] if now else None,
                )
            )
    return found


def _result(check: Mapping[str, Any]) -> tuple[str, float, float]:
    return check["verdict"], check["points"], check["max_points"]


def _of(points: float, score: Score) -> Score:
    return Score(points * score.share, points)


def _by_learner(marks: Iterable[Marked]) -> dict[int, list[Marked]]:
    lines: dict[int, list[Marked]] = {}
    for mark in marks:
        lines.setdefault(mark.learner, []).append(mark)
    return lines
