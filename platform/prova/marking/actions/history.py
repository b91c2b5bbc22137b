"""The lines of an answer's history. Knows no other verb: submitting writes here too."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prova.marking.models import ChangeKind, MarkChange
from prova.quizzes.models import AttemptItem


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


def note_submission(items: Iterable[AttemptItem]) -> None:
    """The first line of every answer's history; one query."""
    MarkChange.objects.bulk_create(
        change_of(item, Before(score=None, points=item.points), ChangeKind.SUBMISSION) for item in items
    )
