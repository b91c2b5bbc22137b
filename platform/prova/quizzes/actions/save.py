"""What a learner changes while an attempt is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prova.quizzes.actions.locking import lock_for_answers
from prova.quizzes.models import AttemptItem, Response
from prova.quizzes.responses import newest_responses
from questionbank.items import ParseProblem
from questionbank.questions import item_of


@dataclass(frozen=True)
class Saved:
    item: AttemptItem
    response: Response
    #: why the answer could not be understood; it is kept as typed, and earns nothing as it stands
    problem: ParseProblem | None


@transaction.atomic
def save_response(
    attempt_id: int, item_id: int, raw: Sequence[str], *, language: str, now: datetime | None = None
) -> Saved:
    """Keep an answer as given. Saying the same twice keeps it once. Raises AttemptOver, AttemptItem.DoesNotExist."""
    now = now or timezone.now()
    lock_for_answers(attempt_id, now)
    item = AttemptItem.objects.select_related("version", "variant").get(attempt_id=attempt_id, pk=item_id)
    newest = newest_responses([item.pk]).get(item.pk)
    shown_in = item.language or language
    parsed = item_of(item.version, item.variant).parse({"answer": list(raw)}, language=shown_in)
    problem = parsed if isinstance(parsed, ParseProblem) else None
    if newest is not None and newest.raw == list(raw):
        return Saved(item, newest, problem)
    response = Response.objects.create(
        attempt_item=item,
        value=None if isinstance(parsed, ParseProblem) else parsed,
        raw=list(raw),
        language=shown_in,
        saved_at=now,
    )
    return Saved(item, response, problem)


@transaction.atomic
def flag_item(attempt_id: int, item_id: int, is_flagged: bool, now: datetime | None = None) -> AttemptItem:
    """Raises AttemptOver, AttemptItem.DoesNotExist."""
    return _change_item(attempt_id, item_id, now, is_flagged=is_flagged)


@transaction.atomic
def show_item_in(attempt_id: int, item_id: int, language: str, now: datetime | None = None) -> AttemptItem:
    """Raises AttemptOver, AttemptItem.DoesNotExist."""
    return _change_item(attempt_id, item_id, now, language=language)


def _change_item(attempt_id: int, item_id: int, now: datetime | None, **change: bool | str) -> AttemptItem:
    lock_for_answers(attempt_id, now or timezone.now())
    item = AttemptItem.objects.select_related("version", "variant").get(attempt_id=attempt_id, pk=item_id)
    for field, value in change.items():
        setattr(item, field, value)
    item.save(update_fields=list(change))
    return item
