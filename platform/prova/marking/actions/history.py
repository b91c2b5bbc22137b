"""The lines of an answer's history. Knows no other verb: submitting writes here too."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from prova.marking.models import ChangeKind, MarkChange
from prova.quizzes.models import Attempt, AttemptItem


@dataclass(frozen=True, kw_only=True)
class Before:
    """What an item was worth, kept before it is changed."""

    score: float | None
    points: float

    @classmethod
    def of(cls, item: AttemptItem) -> "Before":
        return cls(score=item.score, points=item.points)


def change_of(item: AttemptItem, before: Before, kind: ChangeKind, **fields: Any) -> MarkChange:
    """Not saved yet."""
    return MarkChange(
        attempt_item=item,
        kind=kind,
        from_score=before.score,
        to_score=item.score or 0.0,
        from_points=before.points,
        to_points=item.points,
        is_pending=bool(item.pending),
        **fields,
    )


def note_submission(attempt: Attempt) -> None:
    """The first line of every answer's history, from the outcomes that were written; one statement of the database's
    own, whatever the length of the paper."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO marking_markchange"
            " (attempt_item_id, kind, to_score, from_points, to_points, is_pending, reason, at)"
            " SELECT id, %s, score, points, points, pending <> '', '', %s"
            " FROM quizzes_attemptitem WHERE attempt_id = %s ORDER BY position",
            [str(ChangeKind.SUBMISSION), timezone.now(), attempt.pk],
        )
