"""An instructor sets the score of one answer by hand."""

from dataclasses import asdict

from django.db import transaction

from prova.accounts.models import User
from prova.marking.actions.history import Before
from prova.marking.actions.settle import locked_attempt, settle
from prova.marking.models import ChangeKind, MarkChange
from prova.marking.refusals import NotToBeMarked, Overtaken, ReasonMissing, ScoreOutOfRange
from prova.quizzes.models import AttemptItem
from questionbank.items import ItemOutcome
from questionbank.items.marking import verdict_of


@transaction.atomic
def adjust_score(item_id: int, instructor: User, score: float, *, reason: str, seen: int) -> MarkChange:
    """`seen`: the newest change of this answer that the instructor had before them, 0: none.

    Raises MarkingRefused, AttemptItem.DoesNotExist. The caller has made sure that this is an instructor.
    """
    attempt = locked_attempt(item_id)
    item = AttemptItem.objects.get(pk=item_id)
    if attempt.is_open:
        raise NotToBeMarked
    if not 0 <= score <= item.points:
        raise ScoreOutOfRange(f"{item.points:g}")
    if not reason.strip():
        raise ReasonMissing
    newest = item.changes.select_related("by").order_by("-pk").first()
    if newest is not None and newest.pk != seen:
        if (newest.by_id, newest.to_score, newest.reason) == (instructor.pk, score, reason):
            return newest
        raise Overtaken(newest.by.name() if newest.by and not attempt.quiz.marks_blind else "")
    before = Before.of(item)
    fraction = score / item.points if item.points else 0.0
    blank = asdict(ItemOutcome(fraction, verdict_of(fraction)))
    item.score, item.pending = score, ""
    item.outcome = blank | (item.outcome or {}) | {"fraction": fraction, "verdict": verdict_of(fraction)}
    return settle(attempt, item, before, ChangeKind.ADJUSTMENT, by=instructor, reason=reason)
