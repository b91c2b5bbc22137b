"""What a result page shows of marks: the comment, the checks' report, and the history. Only reads."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from prova.assignments.models import State, Submission
from prova.marking.models import ChangeKind, Mark, MarkChange, Remedy
from prova.quizzes.models import Attempt, AttemptItem
from questionbank.items import Marking
from questionbank.items.registry import ITEM_TYPES
from questionbank.questions import item_of


@dataclass(frozen=True, kw_only=True)
class ShownChange:
    at: datetime
    label: str
    from_score: float | None
    to_score: float
    to_points: float
    is_pending: bool
    by: str  #: empty where the reader is not told
    reason: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A correction of the question that changed this score."""

    before: float
    after: float
    is_dropped: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class Marked:
    comment: str = ""
    marker: str = ""  #: empty where the reader is not told
    mark_number: int = 0  #: of the mark that counts; 0: none
    #: of an answer that is code; with a report of the checks that count only
    submission: Submission | None = None
    has_failed: bool = False
    tries: int = 0
    history: tuple[ShownChange, ...] = ()
    newest_change: int = 0
    notices: tuple[Notice, ...] = field(default_factory=tuple)


def marked_of(
    attempt: Attempt, items: Sequence[AttemptItem], *, for_instructor: bool = False
) -> dict[int, Marked]:
    """By attempt item; `items` with their versions. One query, and one for each kind of marking there is."""
    kinds = {item.pk: ITEM_TYPES[item.version.content["type"]].needs_marking for item in items}
    tells_names = for_instructor or not attempt.quiz.marks_blind
    changes = _changes(attempt)
    marks = _marks(attempt) if Marking.PERSON in kinds.values() else {}
    submissions = _submissions(attempt) if Marking.SANDBOX in kinds.values() else {}
    return {
        item.pk: Marked(
            **_of_mark(marks.get(item.pk), tells_names),
            **_of_submission(item, submissions.get(item.pk)),
            **_of_changes(changes[item.pk], tells_names),
        )
        for item in items
    }


def _changes(attempt: Attempt) -> defaultdict[int, list[MarkChange]]:
    found: defaultdict[int, list[MarkChange]] = defaultdict(list)
    rows = MarkChange.objects.filter(attempt_item__attempt=attempt).select_related("by", "correction")
    for change in rows.order_by("pk"):
        found[change.attempt_item_id].append(change)
    return found


def _marks(attempt: Attempt) -> dict[int, Mark]:
    rows = Mark.objects.filter(attempt_item__attempt=attempt).select_related("marker").order_by("number")
    return {mark.attempt_item_id: mark for mark in rows}


def _submissions(attempt: Attempt) -> dict[int, Submission]:
    rows = Submission.with_shadows.filter(attempt_item__attempt=attempt, is_trial=False)
    return {
        each.attempt_item_id: each
        for each in rows.select_related("assignment", "exercise")
        if each.attempt_item_id is not None
    }


def _of_mark(mark: Mark | None, tells_names: bool) -> dict[str, Any]:
    if mark is None:
        return {}
    marker = mark.marker.name() if tells_names else ""
    return {"comment": mark.comment, "marker": marker, "mark_number": mark.number}


def _of_submission(item: AttemptItem, submission: Submission | None) -> dict[str, Any]:
    if submission is None:
        return {}
    state: dict[str, Any] = {
        "has_failed": submission.state == State.SYSTEM_ERROR,
        "tries": submission.tries,
    }
    if submission.report is None:
        return state
    return {**state, "submission": with_counting_checks(item, submission)}


def with_counting_checks(item: AttemptItem, submission: Submission) -> Submission:
    """The row in memory, its report reduced to the checks that the question counts; never to be saved."""
    code = item_of(item.version, item.variant).question.code
    report = submission.report or {}
    if code is not None and code.checks:
        checks = [check for check in report["checks"] if check["name"] in code.checks]
        submission.report = {
            **report,
            "checks": checks,
            "score": sum(check["points"] for check in checks),
            "max_score": sum(check["max_points"] for check in checks),
        }
    return submission


def _of_changes(changes: Sequence[MarkChange], tells_names: bool) -> dict[str, Any]:
    later = [change for change in changes if change.kind != ChangeKind.SUBMISSION]
    corrected = [change for change in later if change.correction is not None and change.changes_something]
    return {
        "history": tuple(_shown(change, tells_names) for change in changes) if later else (),
        "newest_change": changes[-1].pk if changes else 0,
        "notices": tuple(
            Notice(
                before=change.from_score or 0.0,
                after=change.to_score,
                is_dropped=change.correction is not None and change.correction.remedy == Remedy.DROP,
                note=change.correction.note if change.correction else "",
            )
            for change in corrected[-1:]
        ),
    }


def _label(change: MarkChange) -> str:
    if change.kind == ChangeKind.CORRECTION and not change.changes_something:
        return _("Question corrected; this score stayed")
    return change.get_kind_display()


def _shown(change: MarkChange, tells_names: bool) -> ShownChange:
    return ShownChange(
        at=change.at,
        label=_label(change),
        from_score=change.from_score,
        to_score=change.to_score,
        to_points=change.to_points,
        is_pending=change.is_pending,
        by=change.by.name() if change.by and tells_names else "",
        reason=change.reason,
    )
